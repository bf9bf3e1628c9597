package io.showreel.gateway.rest;

import io.showreel.contracts.Usd;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an amount of money from a JSON number or, as it is answered, from a text; at most four decimals. */
final class Usds extends StdDeserializer<Usd> {

    private static final BigDecimal MOST = new BigDecimal("1000000");

    Usds() {
        super(Usd.class);
    }

    @Override
    public @Nullable Usd deserialize(JsonParser parser, DeserializationContext context) {
        var token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT
                || token == JsonToken.VALUE_STRING) {
            try {
                var amount = new BigDecimal(parser.getString());
                if (amount.signum() >= 0
                        && amount.compareTo(MOST) <= 0
                        && amount.stripTrailingZeros().scale() <= 4) {
                    return new Usd(amount);
                }
            } catch (NumberFormatException e) {
                // Told below, like every other amount that is none.
            }
        }
        return (Usd) context.handleUnexpectedToken(getValueType(context), parser);
    }
}
