import java.util.LinkedHashMap;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.DefaultApi;
import org.openapitools.client.model.ErrorEnvelope;

/** Calls an operation with the Java client of openapi-generator, and prints what it reads of the error. */
final class Cases {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        try {
            new DefaultApi(client).listModels();
        } catch (ApiException error) {
            ErrorEnvelope envelope =
                client.getObjectMapper().readValue(error.getResponseBody(), ErrorEnvelope.class);
            Map<String, Object> seen = new LinkedHashMap<>();
            seen.put("status", error.getCode());
            seen.put("code", envelope.getError().getCode());
            seen.put("type", envelope.getError().getType());
            seen.put("member", envelope.getError().getAdditionalProperty("member_of_tomorrow"));
            System.out.println(client.getObjectMapper().writeValueAsString(seen));
            return;
        }
        throw new IllegalStateException("the call did not fail");
    }
}
