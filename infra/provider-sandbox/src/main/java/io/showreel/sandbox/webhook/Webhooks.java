package io.showreel.sandbox.webhook;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.fault.DisturbWebhook;
import io.showreel.sandbox.fault.Faults;
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
    /** Older than the five minutes that receivers allow. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final Predictions predictions;
    private final Function<Prediction, String> body;
    private final WebhookSettings settings;
    private final Secrets secrets;
    private final Faults faults;
    private final Overtaking overtaking = new Overtaking();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param body shows a prediction as the API does */
    public Webhooks(
            Predictions predictions,
            Function<Prediction, String> body,
            WebhookSettings settings,
            Secrets secrets,
            Faults faults) {
        this.predictions = predictions;
        this.body = body;
        this.settings = settings;
        this.secrets = secrets;
        this.faults = faults;
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
            wanted(after, "start").ifPresent(url -> threads.execute(() -> tell(url, after, "start")));
        } else {
            if (after.status() == Status.SUCCEEDED) {
                wanted(after, "output").ifPresent(url -> threads.execute(() -> tell(url, after, "output")));
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

    private void tell(URI url, Prediction prediction, String event) {
        try {
            send(url, prediction, event);
        } catch (InterruptedException e) {
            // The sandbox ends, and nobody insists on this event.
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

    /** One delivery, as it should be or as a fault wants it. @return whether it needs no further try */
    private boolean send(URI url, Prediction prediction, String event) throws InterruptedException {
        var fault = faults.strike(DisturbWebhook.class, prediction.target(), known -> known.strikes(event));
        if (fault.isPresent()) {
            return disturbed(fault.get(), url, prediction, event);
        }
        return post(url, prediction, event, secrets.current(), Duration.ZERO);
    }

    private boolean disturbed(DisturbWebhook fault, URI url, Prediction prediction, String event)
            throws InterruptedException {
        switch (fault.how()) {
            case DROPPED -> {
                return true;
            }
            case DELAYED -> Thread.sleep(fault.pause());
            case DUPLICATED -> post(url, prediction, event, secrets.current(), Duration.ZERO);
            case REORDERED -> overtaking.awaitAnother(prediction.account(), fault.pause());
            case BADLY_SIGNED -> {
                return post(url, prediction, event, secrets.unknown(), Duration.ZERO);
            }
            case STALE -> {
                return post(url, prediction, event, secrets.current(), STALE);
            }
            // Its strike is the rotation.
            case ROTATED_SECRET -> {}
        }
        return post(url, prediction, event, secrets.current(), Duration.ZERO);
    }

    private boolean post(URI url, Prediction prediction, String event, String secret, Duration age)
            throws InterruptedException {
        var id = "msg_" + Ids.sha256(prediction.id() + event).substring(0, 26);
        long timestamp = Instant.now().minus(age).getEpochSecond();
        var text = body.apply(prediction);
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", Signature.of(secret, id, timestamp, text))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status < 400;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> event + " of " + prediction.id() + " reached nobody", e);
            return false;
        } finally {
            overtaking.sent(prediction.account());
        }
    }

    private static Optional<URI> wanted(Prediction prediction, String event) {
        var hook = prediction.created().hook();
        return hook != null && hook.wants(event) ? Optional.of(URI.create(hook.url())) : Optional.empty();
    }
}
