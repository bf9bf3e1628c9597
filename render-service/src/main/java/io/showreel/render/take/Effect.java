package io.showreel.render.take;

import java.time.Duration;

/** What has to be done because a take changed; the shell writes it down in the same transaction. */
public sealed interface Effect {

    /** Let it wait for its turn at the account. */
    record Enqueue(Duration delay) implements Effect {}

    /** Look after the attempt should its sender die. */
    record Guard() implements Effect {}

    /** Search the provider's list for the attempt. */
    record Reconcile() implements Effect {}

    record Watch() implements Effect {}

    record Fetch() implements Effect {}

    record Cancel(String predictionId) implements Effect {}

    /** Search the provider's list once more, as late as that proves anything, for what is thought absent. */
    record LookBack(Attempt attempt) implements Effect {}

    /** A prediction turned up that the take had gone on without: the provider broke its word. */
    record TellStray(Attempt attempt) implements Effect {}

    record TellStarted(Attempt attempt) implements Effect {}

    record TellUnverifiable(Attempt attempt, String message) implements Effect {}

    /** Tell each open cut how it ended, and close those that waited for nothing else. */
    record Settle() implements Effect {}
}
