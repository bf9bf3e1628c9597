package io.showreel.sandbox;

import io.showreel.embedded.FfmpegTools;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.file.Uploads;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.http.Server;
import io.showreel.sandbox.inspection.Inspection;
import io.showreel.sandbox.inspection.LedgerRow;
import io.showreel.sandbox.inspection.Requests;
import io.showreel.sandbox.inspection.Seen;
import io.showreel.sandbox.journal.Journal;
import io.showreel.sandbox.media.Studio;
import io.showreel.sandbox.media.WebSource;
import io.showreel.sandbox.model.Catalog;
import io.showreel.sandbox.prediction.Fact;
import io.showreel.sandbox.prediction.Predictions;
import io.showreel.sandbox.prediction.Runs;
import io.showreel.sandbox.prediction.Shelf;
import io.showreel.sandbox.replicate.Delivery;
import io.showreel.sandbox.replicate.Problems;
import io.showreel.sandbox.replicate.Replicate;
import io.showreel.sandbox.replicate.Views;
import io.showreel.sandbox.webhook.Secrets;
import io.showreel.sandbox.webhook.Webhooks;
import io.showreel.sandbox.xai.Xai;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The providers' stand-in: one process, an origin for the APIs and one for delivery. */
public final class Sandbox implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Sandbox.class.getName());

    /** Looked for once: the search runs ffmpeg a few times. */
    private static final class Ffmpeg {
        static final Path PATH = FfmpegTools.find().ffmpeg();
    }

    private static final String EVERYWHERE = "0.0.0.0";

    private final String host;
    private final Server api;
    private final Server delivery;
    private final Runs runs;
    private final Webhooks webhooks;
    private final Inspection inspection;
    private final Requests requests = new Requests();
    private final Journal<Fact> predictionJournal;
    private final Journal<Uploads.Fact> uploadJournal;
    private final Journal<Faults.Fact> faultJournal;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-sweeper").factory());

    private Sandbox(Settings settings) {
        var home = settings.home().toAbsolutePath();
        var retention = settings.timing().retention();
        host = settings.address().equals(EVERYWHERE) ? "localhost" : settings.address();
        api = Server.bind(settings.address(), settings.apiPort());
        delivery = Server.bind(settings.address(), settings.deliveryPort());
        predictionJournal = Journal.open(Fact.class, home.resolve("predictions.jsonl"));
        uploadJournal = Journal.open(Uploads.Fact.class, home.resolve("files.jsonl"));
        faultJournal = Journal.open(Faults.Fact.class, home.resolve("faults.jsonl"));

        var keys = new Keys(settings.keys());
        var catalog = Catalog.load();
        var uploads = new Uploads(home.resolve("files"), uploadJournal);
        var predictions = new Predictions(predictionJournal);
        var shelf = new Shelf(home.resolve("delivery"));
        var faults = new Faults(faultJournal);
        var secrets = new Secrets(settings.webhooks().secret(), faults);
        var source = new WebSource(uploads, URI.create(apiUrl() + "/files"));
        var studio = new Studio(catalog, source, Ffmpeg.PATH, home, settings.rendering());
        var views = new Views(apiUrl(), deliveryUrl(), shelf);
        runs = new Runs(predictions, studio, shelf, settings.limits().startsAtOnce(), settings.timing());
        webhooks = new Webhooks(
                predictions,
                prediction -> views.prediction(prediction).toString(),
                settings.webhooks(),
                secrets,
                faults);
        var replicate = new Replicate(
                apiUrl(),
                keys,
                settings.limits(),
                catalog,
                predictions,
                runs,
                faults,
                uploads,
                source,
                views,
                retention,
                secrets::current);
        inspection = new Inspection(predictions, requests, faults, () -> {
            runs.stop();
            predictions.clear();
            uploads.clear();
            shelf.clear();
            replicate.reset();
        });

        var apiRoutes = new Routes();
        replicate.addTo(apiRoutes);
        new Xai(keys, faults).addTo(apiRoutes);
        inspection.addTo(apiRoutes);
        var deliveryRoutes = new Routes();
        new Delivery(shelf, predictions, faults).addTo(deliveryRoutes);
        webhooks.resume();
        runs.resume();
        delivery.serve(
                deliveryRoutes, Problems.notFound(), (request, status) -> requests.saw("delivery", request, status));
        api.serve(apiRoutes, Problems.notFound(), (request, status) -> requests.saw("api", request, status));
        long pause = Math.clamp(retention.toMillis() / 10, 100, 30_000);
        sweeper.scheduleWithFixedDelay(uploads::deleteExpired, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Starts in this process; what an earlier one with the same home left unfinished goes on. */
    public static Sandbox start(Settings settings) {
        return new Sandbox(settings);
    }

    public static void main(String[] arguments) {
        var sandbox = start(Settings.from(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-shutdown"));
        LOG.log(Level.INFO, "The sandbox answers at {0} and delivers at {1}", sandbox.apiUrl(), sandbox.deliveryUrl());
    }

    /** Base address of both APIs, with the version. */
    public URI apiUrl() {
        return URI.create("http://" + host + ":" + api.port() + "/v1");
    }

    public URI deliveryUrl() {
        return URI.create("http://" + host + ":" + delivery.port());
    }

    public List<LedgerRow> ledger() {
        return inspection.ledger();
    }

    public List<Seen> requests() {
        return requests.all();
    }

    @Override
    public void close() {
        api.close();
        delivery.close();
        runs.close();
        webhooks.close();
        sweeper.shutdownNow();
        predictionJournal.close();
        uploadJournal.close();
        faultJournal.close();
    }
}
