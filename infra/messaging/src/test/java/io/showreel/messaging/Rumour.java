package io.showreel.messaging;

/** A vocabulary to test with. */
public sealed interface Rumour {

    record RumourHeard(String who, int number) implements Rumour {}

    record RumourDenied(String who) implements Rumour {}

    record Unrecognised() implements Rumour {}
}
