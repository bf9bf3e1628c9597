package io.showreel.contracts.scene;

/** What a take becomes. */
public enum TakeKind {
    CLIP,
    MUSIC,
    SPEECH
}
