package io.showreel.gateway.webhook;

import io.showreel.messaging.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * What a reply means for a delivery.
 *
 * <pre>
 * 2xx                                           =&gt; Delivered
 * 410                                           =&gt; Gone       the receiver wants nothing more, as Standard Webhooks says
 * an address that must not be connected to      =&gt; GivenUp
 * anything else before the time to give up      =&gt; Again      after a doubling wait, or the one that was asked for if
 *                                                             that is longer; the last try is at the time to give up
 * anything else from then on                    =&gt; GivenUp
 * </pre>
 *
 * <p>Redirects and other 4xx are tried again, too: a receiver in the midst of its own deployment answers 404, and a lost
 * notice can't be fetched back by fixing it.
 */
public sealed interface Verdict {

    record Delivered() implements Verdict {}

    record Gone() implements Verdict {}

    record GivenUp() implements Verdict {}

    record Again(Instant due) implements Verdict {}

    /** @param now when the reply was there */
    static Verdict of(Delivery delivery, Reply reply, Backoff waits, Instant now) {
        return switch (reply) {
            case Reply.Answered answered -> of(delivery, answered, waits, now);
            case Reply.Unreached unreached -> again(delivery, waits.after(delivery.tries() + 1), now);
            case Reply.Forbidden forbidden -> new GivenUp();
        };
    }

    private static Verdict of(Delivery delivery, Reply.Answered answered, Backoff waits, Instant now) {
        if (answered.status() / 100 == 2) {
            return new Delivered();
        }
        if (answered.status() == 410) {
            return new Gone();
        }
        var wait = waits.after(delivery.tries() + 1);
        var asked = answered.retryAfter();
        if (asked == null || asked.compareTo(wait) <= 0) {
            return again(delivery, wait, now);
        }
        return again(delivery, asked.compareTo(waits.longest()) < 0 ? asked : waits.longest(), now);
    }

    private static Verdict again(Delivery delivery, Duration wait, Instant now) {
        if (!now.isBefore(delivery.giveUpAt())) {
            return new GivenUp();
        }
        var next = now.plus(wait);
        return new Again(next.isBefore(delivery.giveUpAt()) ? next : delivery.giveUpAt());
    }
}
