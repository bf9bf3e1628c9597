package io.showreel.render.take;

/** Names of leased work. */
public interface Queues {

    /** One row an account: admits waiting takes at the account's pace. */
    String START = "start";

    /** One row a take that was attempted: until it is known how the attempt ended, and its output is copied. */
    String FOLLOW = "follow";

    /** One row a prediction that is to be stopped. */
    String CANCEL = "cancel";
}
