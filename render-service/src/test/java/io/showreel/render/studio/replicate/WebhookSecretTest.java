package io.showreel.render.studio.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.studio.Answer;
import io.showreel.render.studio.replicate.WebhookSecret.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

    private final AtomicInteger asked = new AtomicInteger();
    private Answer<String> answer = new Answer.Success<>("first");
    private long now;

    private final WebhookSecret secret = new WebhookSecret(
            () -> {
                asked.incrementAndGet();
                return answer;
            },
            () -> now);

    @Test
    void a_key_is_asked_for_once() {
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.GENUINE);
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.GENUINE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_key_that_was_replaced_is_noticed_by_what_it_signed() {
        secret.judge("first"::equals);
        answer = new Answer.Success<>("second");
        later(Duration.ofMinutes(1));
        assertThat(secret.judge("second"::equals)).isEqualTo(Verdict.GENUINE);
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.FORGED);
        assertThat(asked).hasValue(2);
    }

    @Test
    void forgers_make_us_ask_once_a_minute_at_most() {
        secret.judge("first"::equals);
        for (var second = 0; second < 120; second++) {
            assertThat(secret.judge("forged"::equals)).isEqualTo(Verdict.FORGED);
            later(Duration.ofSeconds(1));
        }
        assertThat(asked).hasValue(2);
        assertThat(secret.judge("first"::equals)).as("the genuine go on").isEqualTo(Verdict.GENUINE);
    }

    @Test
    void before_the_key_is_known_nothing_is_said_to_be_forged() {
        answer = new Answer.Ambiguous<>("time-out");
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.UNDECIDED);
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.UNDECIDED);
        assertThat(asked).hasValue(1);

        answer = new Answer.Success<>("first");
        later(Duration.ofSeconds(5));
        assertThat(secret.judge("first"::equals)).isEqualTo(Verdict.GENUINE);
    }

    private void later(Duration time) {
        now += time.toNanos();
    }
}
