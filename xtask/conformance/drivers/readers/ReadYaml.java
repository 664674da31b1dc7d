import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.yaml.snakeyaml.Yaml;

/**
 * Reads YAML files with SnakeYAML: {@code java -cp snakeyaml.jar ReadYaml.java FILE...}.
 *
 * <p>Prints the version of the reader, then one JSON object for each file, with its value as a JSON text.
 */
final class ReadYaml {
    private ReadYaml() {}

    public static void main(String[] files) throws Exception {
        Properties properties = new Properties();
        String place = "/META-INF/maven/org.yaml/snakeyaml/pom.properties";
        try (InputStream found = Yaml.class.getResourceAsStream(place)) {
            properties.load(found);
        }
        print(Map.of("client", "SnakeYAML", "version", properties.getProperty("version")));
        for (String file : files) {
            try {
                Object value = new Yaml().load(Files.readString(Path.of(file)));
                print(Map.of("subject", file, "yaml", json(value)));
            } catch (RuntimeException error) {
                print(Map.of("subject", file, "fault", error.toString()));
            }
        }
    }

    private static void print(Map<?, ?> line) {
        System.out.println(json(line));
    }

    private static String json(Object value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    /** Appends a value as JSON. What JSON lacks differs from every value that it has. */
    private static void append(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                Object key = member.getKey();
                append(key instanceof String ? key : other(key), out);
                append(member.getValue(), out.append(':'));
                separator = ",";
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> items) {
            String separator = "[";
            for (Object item : items) {
                append(item, out.append(separator));
                separator = ",";
            }
            out.append(items.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            appendString(text, out);
        } else if (value == null
                || value instanceof Boolean
                || value instanceof Number number && Double.isFinite(number.doubleValue())) {
            out.append(value);
        } else {
            appendString(other(value), out);
        }
    }

    private static String other(Object value) {
        return value == null ? "null" : value.getClass().getSimpleName() + ": " + value;
    }

    private static void appendString(String text, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
