package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway and nginx answer the same questions about the same file alike. */
class NginxDifferenceTest {

    private static final int QUESTIONS = 2_000;
    private static final int SIZE = 100_003;
    private static final String OTHER_TAG = "\"another\"";

    @Test
    void ranges_and_conditions_are_answered_as_nginx_does(@TempDir Path files, @TempDir Path scratch) throws Exception {
        Nginx.require("nginx");
        long seed = Long.getLong("showreel.seed", System.nanoTime());
        var random = new Random(seed);
        var bytes = new byte[SIZE];
        random.nextBytes(bytes);
        var film = Files.write(files.resolve("film.mp4"), bytes);
        var ours = Installation.shared().replica.uri(FinishedJob.with(film).film());
        var counts = new TreeMap<String, Integer>();
        try (var nginx = Nginx.serve(files, scratch);
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var gateway = new Side(http, ours);
            var other = new Side(http, nginx.uri("/film.mp4"));
            for (int n = 0; n < QUESTIONS; n++) {
                var question = Question.random(random);
                var expected = other.ask(question);
                var given = gateway.ask(question);
                assertThat(given)
                        .as("seed %d, question %d: %s", seed, n, question)
                        .isEqualTo(expected);
                counts.merge(question.method() + " " + expected.status(), 1, Integer::sum);
            }
        }
        System.out.printf("%d questions answered as nginx does, seed %d: %s%n", QUESTIONS, seed, counts);
        assertThat(counts).containsKeys("GET 200", "GET 206", "GET 304", "GET 416", "HEAD 200", "HEAD 304");
    }

    /** What is compared. The body of an error is each server's own. */
    private record Answer(int status, int bodyHash, int bodyLength, String contentRange, String contentLength) {}

    private enum Tag {
        NONE,
        SAME,
        OTHER,
        WEAK,
        AMONG_OTHERS,
        ANY
    }

    private enum Condition {
        NONE,
        SAME_TAG,
        OTHER_TAG,
        WEAK_TAG,
        SAME_DATE,
        OTHER_DATE
    }

    private record Question(String method, String range, Condition ifRange, Tag ifNoneMatch) {

        static Question random(Random random) {
            if (random.nextInt(5) == 0) {
                return new Question("HEAD", null, Condition.NONE, tag(random));
            }
            var range = random.nextInt(8) == 0 ? null : range(random);
            var ifRange = random.nextInt(3) > 0
                    ? Condition.NONE
                    : Condition.values()[random.nextInt(Condition.values().length)];
            return new Question("GET", range, ifRange, tag(random));
        }

        private static Tag tag(Random random) {
            return random.nextInt(3) > 0 ? Tag.NONE : Tag.values()[random.nextInt(Tag.values().length)];
        }

        private static String range(Random random) {
            long first = position(random);
            return switch (random.nextInt(3)) {
                case 0 -> "bytes=" + first + "-" + (first + position(random));
                case 1 -> "bytes=" + first + "-";
                default -> "bytes=-" + position(random);
            };
        }

        /** Anywhere, and often where something changes. */
        private static long position(Random random) {
            return switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> 1;
                case 2 -> SIZE - 1;
                case 3 -> SIZE;
                case 4 -> SIZE + 1L + random.nextInt(1_000_000);
                default -> random.nextInt(SIZE);
            };
        }
    }

    /** A server, and what it calls the file. */
    private static final class Side {

        private final HttpClient http;
        private final URI file;
        private final String etag;
        private final String lastModified;

        Side(HttpClient http, URI file) throws IOException, InterruptedException {
            this.http = http;
            this.file = file;
            var whole = http.send(HttpRequest.newBuilder(file).build(), BodyHandlers.discarding());
            assertThat(whole.statusCode()).isEqualTo(200);
            this.etag = whole.headers().firstValue("ETag").orElseThrow();
            this.lastModified = whole.headers().firstValue("Last-Modified").orElseThrow();
            assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
        }

        Answer ask(Question question) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(file)
                    .timeout(Duration.ofSeconds(20))
                    .method(question.method(), HttpRequest.BodyPublishers.noBody());
            headers(question).forEach(request::header);
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            boolean bytes = response.statusCode() / 100 == 2;
            return new Answer(
                    response.statusCode(),
                    bytes ? Arrays.hashCode(response.body()) : 0,
                    bytes ? response.body().length : 0,
                    header(response, "Content-Range"),
                    bytes ? header(response, "Content-Length") : null);
        }

        private Map<String, String> headers(Question question) {
            var headers = new TreeMap<String, String>();
            if (question.range() != null) {
                headers.put("Range", question.range());
            }
            var ifRange =
                    switch (question.ifRange()) {
                        case NONE -> null;
                        case SAME_TAG -> etag;
                        case OTHER_TAG -> OTHER_TAG;
                        case WEAK_TAG -> "W/" + etag;
                        case SAME_DATE -> lastModified;
                        case OTHER_DATE ->
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    ZonedDateTime.parse(lastModified, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .minusSeconds(1));
                    };
            if (ifRange != null) {
                headers.put("If-Range", ifRange);
            }
            var ifNoneMatch =
                    switch (question.ifNoneMatch()) {
                        case NONE -> null;
                        case SAME -> etag;
                        case OTHER -> OTHER_TAG;
                        case WEAK -> "W/" + etag;
                        case AMONG_OTHERS -> OTHER_TAG + ", " + etag;
                        case ANY -> "*";
                    };
            if (ifNoneMatch != null) {
                headers.put("If-None-Match", ifNoneMatch);
            }
            return headers;
        }

        private static String header(HttpResponse<?> response, String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }
}
