package io.showreel.render.studio.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void the_published_example_passes() {
        assertThat(Signatures.isValid(SECRET, ID, TIMESTAMP, BODY, SIGNATURE)).isTrue();
        assertThat(Signatures.isValid(SECRET, ID, TIMESTAMP, BODY, "v1,AAAA v1a,x " + SIGNATURE))
                .isTrue();
    }

    @Test
    void one_byte_more_does_not() {
        var changed = (new String(BODY, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        assertThat(Signatures.isValid(SECRET, ID, TIMESTAMP, changed, SIGNATURE))
                .isFalse();
        assertThat(Signatures.isValid(SECRET, ID, "1614265331", BODY, SIGNATURE))
                .isFalse();
        assertThat(Signatures.isValid("whsec_AAAA", ID, TIMESTAMP, BODY, SIGNATURE))
                .isFalse();
        assertThat(Signatures.isValid(SECRET, ID, TIMESTAMP, BODY, SIGNATURE.substring(3)))
                .isFalse();
    }

    @Test
    void what_is_older_than_five_minutes_is_a_replay() {
        var sent = Instant.ofEpochSecond(1614265330);
        assertThat(Signatures.isRecent(TIMESTAMP, sent.plusSeconds(300))).isTrue();
        assertThat(Signatures.isRecent(TIMESTAMP, sent.plusSeconds(301))).isFalse();
        assertThat(Signatures.isRecent(TIMESTAMP, sent.minusSeconds(301))).isFalse();
        assertThat(Signatures.isRecent("soon", sent)).isFalse();
    }
}
