package io.showreel.sandbox.model;

/** An input that its schema forbids, in the words of Replicate's validator. */
public record Violation(String type, String field, String description) {
    /** Its line in a problem's detail. */
    public String line() {
        return field.isEmpty() ? "- " + description + "\n" : "- " + field + ": " + description + "\n";
    }
}
