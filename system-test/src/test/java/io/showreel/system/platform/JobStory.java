package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.system.platform.TraceCollector.Collected;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A job whose request came with a trace, and what is said of it in all services. */
final class JobStory {

    private static final Duration UNTIL_SENT = Duration.ofSeconds(30);
    private static final String CALLER = "b7ad6b7169203331";

    private static final String POST = "http post /api/v3/campaigns/{campaignId}/create-job";
    private static final List<String> TO_RENDER_AND_STITCH = List.of(
            "gateway-service/send scene.requests",
            "gateway-service/process storyboard.events",
            "selection-service/process job.commands",
            "gateway-service/send job.commands",
            "gateway-service/" + POST);
    private static final List<String> TO_CUTTING = with(
            List.of(
                    "stitch-service/process scene.events",
                    "render-service/send scene.events",
                    "render-service/process scene.requests"),
            TO_RENDER_AND_STITCH);

    private final TraceCollector traces;
    private final String traceId = UUID.randomUUID().toString().replace("-", "");
    private final String requestId = "story-" + traceId.substring(0, 8);

    JobStory(TraceCollector traces) {
        this.traces = traces;
    }

    /** The job's id. */
    long begin(URI gateway, String campaign) throws IOException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/campaigns/" + campaign + "/create-job"))
                .header("Content-Type", "application/json")
                .header("X-Request-Id", requestId)
                .header("traceparent", "00-" + traceId + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString("{\"num_scenes\": 2, \"clip_duration\": 4, \"auto_approve\": true}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .path("data")
                    .path("job_id")
                    .asLong();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The spans are one tree from the request to the film and back, and log lines say to what they belong. */
    void assertTold(long job, Path logs) throws IOException {
        // The last to be told is that the film is there.
        await("the last span").atMost(UNTIL_SENT).untilAsserted(() -> assertThat(
                        paths("gateway-service/process video.events"))
                .as(() -> "among " + traces.of(traceId))
                .contains(with(List.of("stitch-service/send video.events"), TO_CUTTING)));

        await("the parents of all spans").atMost(UNTIL_SENT).untilAsserted(() -> assertThat(parentless())
                .isEmpty());
        assertThat(paths("asset-service/http get /internal/campaigns/{id}/candidates"))
                .containsOnly(List.of("gateway-service/http get", "gateway-service/" + POST));
        assertThat(paths("selection-service/xai complete"))
                .containsOnly(TO_RENDER_AND_STITCH.subList(2, TO_RENDER_AND_STITCH.size()));
        var atRender = with(List.of("render-service/process scene.requests"), TO_RENDER_AND_STITCH);
        assertThat(paths("render-service/replicate upload"))
                .containsOnly(with(List.of("render-service/prepare take"), atRender));
        assertThat(paths("render-service/replicate submit"))
                .hasSize(2)
                .containsOnly(with(List.of("render-service/submit take"), atRender));
        assertThat(paths("render-service/fetch output"))
                .hasSize(2)
                .containsOnly(with(List.of("render-service/follow take"), atRender));
        assertThat(paths("stitch-service/ffmpeg")).contains(with(List.of("stitch-service/cut film"), TO_CUTTING));

        for (var service : List.of("asset", "gateway", "selection", "render", "stitch")) {
            assertThat(linesOf(logs, service)).as("lines of %s", service).isNotEmpty();
        }
        assertThat(linesOf(logs, "stitch")).as("what a worker said").anySatisfy(line -> assertThat(line)
                .contains("Cutting " + job + ":"));
    }

    /** What is still done for later edits ends after its parts. */
    private List<Collected> parentless() {
        var spans = spans();
        return spans.values().stream()
                .filter(span -> !span.parentId().equals(CALLER) && !spans.containsKey(span.parentId()))
                .toList();
    }

    private List<String> linesOf(Path logs, String service) throws IOException {
        try (var lines = Files.lines(logs.resolve(service + ".log"))) {
            return lines.filter(line -> line.contains("request=" + requestId + " trace=" + traceId))
                    .toList();
        }
    }

    private Map<String, Collected> spans() {
        return traces.of(traceId).stream()
                .collect(Collectors.toMap(Collected::spanId, Function.identity(), (one, again) -> one));
    }

    /** The ancestors of each span of that name, from its parent to the request. */
    private Collection<List<String>> paths(String name) {
        var spans = spans();
        return spans.values().stream()
                .filter(span -> span.toString().equals(name))
                .map(span -> ancestors(span, spans))
                .toList();
    }

    private static List<String> ancestors(Collected span, Map<String, Collected> spans) {
        var ancestors = new ArrayList<String>();
        for (@Nullable Collected each = spans.get(span.parentId()); each != null; each = spans.get(each.parentId())) {
            ancestors.add(each.toString());
        }
        return ancestors;
    }

    private static List<String> with(List<String> nearer, List<String> farther) {
        var all = new ArrayList<>(nearer);
        all.addAll(farther);
        return List.copyOf(all);
    }
}
