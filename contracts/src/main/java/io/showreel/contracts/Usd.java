package io.showreel.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of money in US dollars, exact to four decimals; on the wire a string such as {@code "0.4000"}. */
public record Usd(BigDecimal amount) implements Comparable<Usd> {

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    public Usd {
        amount = amount.setScale(4, RoundingMode.HALF_UP);
    }

    /** @throws NumberFormatException if the text is not a decimal number */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Usd of(String amount) {
        return new Usd(new BigDecimal(amount));
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount));
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    @JsonValue
    @Override
    public String toString() {
        return amount.toPlainString();
    }
}
