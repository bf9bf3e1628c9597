package io.showreel.sandbox.webhook;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.prediction.Fact;
import io.showreel.sandbox.prediction.Prediction;
import io.showreel.sandbox.prediction.Predictions;
import io.showreel.sandbox.prediction.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Tells predictions' owners what happened. Only the last event is tried again; an aborted prediction has none. What was
 * still to be told when the sandbox ended is told after its restart, under the same id.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Webhooks.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Predictions predictions;
    private final Function<Prediction, String> body;
    private final WebhookSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param body shows a prediction as the API does */
    public Webhooks(Predictions predictions, Function<Prediction, String> body, WebhookSettings settings) {
        this.predictions = predictions;
        this.body = body;
        this.settings = settings;
        predictions.watch(this::changed);
    }

    public void resume() {
        predictions
                .oldestFirst()
                .filter(prediction -> prediction.status().isTerminal() && !prediction.endTold())
                .toList()
                .forEach(this::tellEnd);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    private void changed(Prediction before, Prediction after) {
        if (before.status() == after.status()) {
            return;
        }
        if (after.status() == Status.PROCESSING) {
            wanted(after, "start").ifPresent(url -> threads.execute(() -> send(url, after, "start")));
        } else {
            if (after.status() == Status.SUCCEEDED) {
                wanted(after, "output").ifPresent(url -> threads.execute(() -> send(url, after, "output")));
            }
            tellEnd(after);
        }
    }

    private void tellEnd(Prediction ended) {
        var url = wanted(ended, "completed");
        if (url.isPresent() && ended.status() != Status.ABORTED) {
            threads.execute(() -> insist(url.get(), ended));
        }
    }

    private void insist(URI url, Prediction ended) {
        try {
            boolean told = send(url, ended, "completed");
            for (int i = 0; !told && i < settings.retries().size(); i++) {
                Thread.sleep(settings.retries().get(i));
                told = send(url, ended, "completed");
            }
            predictions.record(new Fact.EndTold(ended.id(), Instant.now()));
        } catch (InterruptedException e) {
            // The sandbox ends; its next start goes on here.
        }
    }

    private boolean send(URI url, Prediction prediction, String event) {
        var id = "msg_" + Ids.sha256(prediction.id() + event).substring(0, 26);
        long timestamp = Instant.now().getEpochSecond();
        var text = body.apply(prediction);
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", Signature.of(settings.secret(), id, timestamp, text))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status < 400;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> event + " of " + prediction.id() + " reached nobody", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<URI> wanted(Prediction prediction, String event) {
        var hook = prediction.created().hook();
        return hook != null && hook.wants(event) ? Optional.of(URI.create(hook.url())) : Optional.empty();
    }
}
