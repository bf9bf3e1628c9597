package io.showreel.render.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccountTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final AccountSettings settings = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("showreel.account", AccountSettings.class);

    @Test
    void it_submits_as_long_as_there_is_a_slot() {
        assertThat(account(null, null, 3, 2).hasSlot(settings, NOW)).isTrue();
        assertThat(account(null, null, 4, 0).hasSlot(settings, NOW)).isFalse();
    }

    @Test
    void paused_it_submits_nothing_until_the_pause_is_over() {
        var paused = new Account("a", NOW.plusSeconds(5), null, null, 0, 0);
        assertThat(paused.hasSlot(settings, NOW)).isFalse();
        assertThat(paused.hasSlot(settings, NOW.plusSeconds(5))).isTrue();
    }

    @Test
    void on_hold_one_submission_at_a_time_finds_out() {
        var hold = new Hold(Hold.Kind.UNPAID, "HTTP 402", NOW);
        assertThat(account(hold, null, 2, 0).hasSlot(settings, NOW)).isTrue();
        assertThat(account(hold, null, 2, 1).hasSlot(settings, NOW)).isFalse();
    }

    @Test
    void a_person_is_told_what_is_wrong() {
        assertThat(new Hold(Hold.Kind.UNPAID, "HTTP 402: Go to billing", NOW).sentence())
                .isEqualTo("The provider account has no credit left: HTTP 402: Go to billing");
    }

    @Test
    void a_rate_that_the_provider_told_counts_for_its_time() {
        var slow = account(null, new Account.Slow(6, NOW.plusSeconds(60)), 0, 0);
        assertThat(slow.pace(settings, NOW)).isEqualTo(Duration.ofSeconds(10));
        assertThat(slow.pace(settings, NOW.plusSeconds(60))).isEqualTo(Duration.ofSeconds(1));
        assertThat(account(null, new Account.Slow(600, NOW.plusSeconds(60)), 0, 0)
                        .pace(settings, NOW))
                .as("never faster than it is set")
                .isEqualTo(Duration.ofSeconds(1));
    }

    private static Account account(@Nullable Hold hold, Account.@Nullable Slow slow, int inFlight, int unanswered) {
        return new Account("a", null, hold, slow, inFlight, unanswered);
    }
}
