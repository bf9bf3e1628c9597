package io.showreel.render.take;

/**
 * Names of leased work, each account's apart: a replica does the work of the account whose key it has, and all other
 * work waits for another.
 */
public final class Queues {

    private Queues() {}

    /** One row: admits waiting takes at the account's pace. */
    public static String start(String account) {
        return "start:" + account;
    }

    /** One row a take that was attempted: until it is known how the attempt ended, and its output is copied. */
    public static String follow(String account) {
        return "follow:" + account;
    }

    /** One row an attempt that was proven absent: until that was looked at once more. */
    public static String lookBack(String account) {
        return "look back:" + account;
    }

    /** One row a prediction that is to be stopped. */
    public static String cancel(String account) {
        return "cancel:" + account;
    }
}
