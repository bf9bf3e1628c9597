package io.showreel.stitch.editing;

/** There can be no film of this material, however often it is tried. */
public final class CannotCutException extends RuntimeException {

    private final String code;
    private final String reason;

    /**
     * @param code stable snake_case word
     * @param reason for a person
     */
    public CannotCutException(String code, String reason) {
        super(reason);
        this.code = code;
        this.reason = reason;
    }

    public String code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
