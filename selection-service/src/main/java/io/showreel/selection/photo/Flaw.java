package io.showreel.selection.photo;

/** Why a photo should not be in a film while there are better ones. */
public enum Flaw {
    NEAR_DUPLICATE("nearly the same as a better one"),
    BLURRED("blurred"),
    DARK("too dark"),
    BLOWN_OUT("overexposed"),
    TINY("too small");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
