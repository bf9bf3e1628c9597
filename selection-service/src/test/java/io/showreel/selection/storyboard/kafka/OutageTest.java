package io.showreel.selection.storyboard.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.RunningServer;
import io.showreel.selection.SelectionApplication;
import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.Question;
import io.showreel.selection.storyboard.Storyteller;
import io.showreel.selection.storyboard.StorytellerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Says nothing until it may, so that the broker can die in the middle of a selection. */
    static final class HesitantStoryteller implements Storyteller {

        final Semaphore asked = new Semaphore(0);
        final Semaphore maySpeak = new Semaphore(0);

        @Override
        public Telling tell(Question question, @Nullable Objection earlier, Deadline deadline)
                throws StorytellerException, InterruptedException {
            asked.release();
            maySpeak.acquire();
            throw new StorytellerException("provider_unavailable", "Not today.");
        }
    }

    /** No configuration by annotation, or every other test's service would find it too. */
    static class Hesitation {
        @Bean
        @Primary
        HesitantStoryteller hesitantStoryteller() {
            return new HesitantStoryteller();
        }
    }

    @Test
    void a_broker_that_comes_late_and_dies_in_between_costs_time_but_no_answer(@TempDir Path data) throws Exception {
        var kafka = new KafkaServer(new KafkaServer.Settings(data.resolve("kafka"), Ports.free(), Ports.free()));
        try (var service = new SpringApplicationBuilder(SelectionApplication.class, Hesitation.class)
                .run("--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(), "--server.port=0")) {
            var storyteller = service.getBean(HesitantStoryteller.class);
            var command = UUID.randomUUID();

            try (var broker = RunningServer.start(kafka, data.resolve("first.log"));
                    var gateway = new Gateway(kafka.bootstrapServers())) {
                gateway.send("42", Gateway.command(), Gateway.headers(command));
                await().atMost(PATIENCE).until(storyteller.asked::tryAcquire);
                broker.kill();
                storyteller.maySpeak.release(1000);
            }

            try (var broker = RunningServer.start(kafka, data.resolve("second.log"));
                    var gateway = new Gateway(kafka.bootstrapServers())) {
                var answers =
                        await().atMost(PATIENCE).until(() -> gateway.causedBy(command), found -> !found.isEmpty());

                assertThat(answers)
                        .extracting(answer -> Gateway.headersOf(answer).get("ce_id"))
                        .containsOnly(JobCommands.answerTo(command).toString());
                assertThat(gateway.deadLetters(command.toString())).isEmpty();
                assertThat(storyteller.asked.availablePermits())
                        .as("asked again")
                        .isZero();
            }
        }
    }
}
