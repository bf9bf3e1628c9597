package io.showreel.selection.storyboard.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.KafkaServer;
import io.showreel.selection.SelectionApplication;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LoggedCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void what_is_logged_about_a_command_says_which_job_request_and_trace_it_belongs_to(CapturedOutput output) {
        var bootstrap = KafkaServer.shared().bootstrapServers();
        try (var service = new SpringApplicationBuilder(SelectionApplication.class)
                        .web(WebApplicationType.SERVLET)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + bootstrap,
                                "--server.port=0",
                                "--selection.xai.key=");
                var gateway = new Gateway(bootstrap)) {
            assertThat(service.isActive()).isTrue();
            var id = UUID.randomUUID();
            var headers = Gateway.headers(id);
            headers.put("ce_subject", "4711");
            headers.put("x-request-id", "request-" + id);
            gateway.send("4711", Gateway.command(), headers);
            await().atMost(PATIENCE).until(() -> !gateway.causedBy(id).isEmpty());

            assertThat(output).contains("job=4711 request=request-" + id + " trace=0af7651916cd43dd8448eb211c80319c");
        }
    }
}
