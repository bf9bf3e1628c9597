package io.showreel.asset.campaign;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON value that people or programs can say much with, within reason. */
@Constraint(validatedBy = TextOrObject.Check.class)
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface TextOrObject {

    String message() default "must be a text or an object, of at most 50000 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides it. */
    final class Check implements ConstraintValidator<TextOrObject, JsonNode> {

        private static final int LONGEST = 50_000;

        @Override
        public boolean isValid(@Nullable JsonNode value, ConstraintValidatorContext context) {
            return value == null
                    || value.isNull()
                    || (value.isString() || value.isObject())
                            && value.toString().length() <= LONGEST;
        }
    }
}
