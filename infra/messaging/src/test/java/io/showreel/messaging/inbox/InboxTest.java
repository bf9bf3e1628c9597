package io.showreel.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.messaging.TestService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.on(TestService.newDatabase()).start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tells_the_new_messages_from_the_known_ones() {
        var inbox = service.get(Inbox.class);
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();

        assertThat(inbox.enter(List.of(first, first)).block()).containsExactly(first);
        assertThat(inbox.enter(List.of(first, second)).block()).containsExactly(second);
        assertThat(inbox.enter(List.of(first, second)).block()).isEmpty();
    }

    @Test
    void messages_are_forgotten_after_14_days() {
        var old = UUID.randomUUID();
        var young = UUID.randomUUID();
        service.execute("insert into inbox values ('%s', now() - interval '14 days 1 minute')".formatted(old));
        service.execute("insert into inbox values ('%s', now() - interval '13 days 23 hours')".formatted(young));

        service.get(InboxSweep.class).sweep();

        assertThat(service.count("inbox where message_id = '%s'".formatted(old)))
                .isZero();
        assertThat(service.count("inbox where message_id = '%s'".formatted(young)))
                .isOne();
    }
}
