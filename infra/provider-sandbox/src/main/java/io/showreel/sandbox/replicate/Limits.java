package io.showreel.sandbox.replicate;

/**
 * What one account may do; 0 lifts a limit.
 *
 * @param creates      predictions created a minute
 * @param requests     other requests a minute
 * @param lowCredit    an account with less than five dollars: six creates a minute, one at a time
 * @param startsAtOnce predictions that may be starting; further ones fail with E6716
 */
public record Limits(int creates, int requests, boolean lowCredit, int startsAtOnce) {
    public static final Limits DEFAULT = new Limits(600, 3000, false, 8);
    public static final Limits NONE = new Limits(0, 0, false, 0);

    public Limits withCreates(int creates) {
        return new Limits(creates, requests, lowCredit, startsAtOnce);
    }

    public Limits withRequests(int requests) {
        return new Limits(creates, requests, lowCredit, startsAtOnce);
    }

    public Limits withLowCredit(boolean lowCredit) {
        return new Limits(creates, requests, lowCredit, startsAtOnce);
    }

    public Limits withStartsAtOnce(int startsAtOnce) {
        return new Limits(creates, requests, lowCredit, startsAtOnce);
    }
}
