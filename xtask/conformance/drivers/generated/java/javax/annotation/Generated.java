package javax.annotation;

/** The annotation of generated sources, which the JDK does not contain since Java 11. */
public @interface Generated {
    String[] value();

    String date() default "";

    String comments() default "";
}
