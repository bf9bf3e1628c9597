package io.showreel.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class MediaLinksTest {

    private static final String PATH = "/api/v3/videos/7/combined";
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant THE_NEXT_BUT_ONE_MIDNIGHT = Instant.parse("2026-03-03T00:00:00Z");

    @Test
    void a_link_stays_the_same_all_day() {
        var evening = MORNING.plus(Duration.ofHours(15));
        assertThat(signing(MORNING).link(PATH, "3")).isEqualTo(signing(evening).link(PATH, "3"));
        assertThat(signing(MORNING).expiry()).isEqualTo(THE_NEXT_BUT_ONE_MIDNIGHT.getEpochSecond());
    }

    @Test
    void a_link_works_until_its_midnight() {
        var query = queryOf(signing(MORNING).link(PATH, "3"));
        assertThat(signing(THE_NEXT_BUT_ONE_MIDNIGHT.minusSeconds(1)).verify(PATH, query))
                .isTrue();
        assertThat(signing(THE_NEXT_BUT_ONE_MIDNIGHT).verify(PATH, query)).isFalse();
    }

    @Test
    void a_link_opens_nothing_else() {
        var links = signing(MORNING);
        var query = queryOf(links.link(PATH, "3"));
        assertThat(links.verify("/api/v3/videos/8/combined", query)).isFalse();
        for (var changed : new String[] {"v", "expires", "signature"}) {
            var other = queryOf(links.link(PATH, "3"));
            other.set(changed, "4" + query.getFirst(changed));
            assertThat(links.verify(PATH, other)).as("with another %s", changed).isFalse();
            other.remove(changed);
            assertThat(links.verify(PATH, other)).as("without %s", changed).isFalse();
        }
        assertThat(new MediaLinks(new MediaSettings("other", Duration.ofDays(1)), at(MORNING)).verify(PATH, query))
                .isFalse();
    }

    @Test
    void without_a_secret_links_carry_the_version_alone() {
        var open = new MediaLinks(new MediaSettings(null, Duration.ofDays(1)), at(MORNING));
        assertThat(open.link(PATH, "3")).isEqualTo(PATH + "?v=3");
        assertThat(open.verify(PATH, queryOf(open.link(PATH, "3")))).isFalse();
        assertThat(open.cacheControl(PATH, queryOf(PATH + "?v=3"))).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void a_signed_answer_is_kept_no_longer_than_its_link_works() {
        var links = signing(MORNING);
        assertThat(links.cacheControl(PATH, queryOf(links.link(PATH, "3"))))
                .isEqualTo("private, max-age=" + Duration.ofHours(40).toSeconds() + ", immutable");
        assertThat(links.cacheControl(PATH, queryOf(PATH))).isEqualTo("no-cache");
    }

    private static MediaLinks signing(Instant now) {
        return new MediaLinks(new MediaSettings("a secret", Duration.ofDays(1)), at(now));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static MultiValueMap<String, String> queryOf(String link) {
        return new LinkedMultiValueMap<>(
                UriComponentsBuilder.fromUriString(link).build().getQueryParams());
    }
}
