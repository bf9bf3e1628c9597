package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Keys;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.file.Uploads;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.media.WebSource;
import io.showreel.sandbox.model.Catalog;
import io.showreel.sandbox.prediction.Predictions;
import io.showreel.sandbox.prediction.Runs;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** All of Replicate's API, behind one gate. */
public final class Replicate {
    private final Gate gate;
    private final PredictionsApi predictions;
    private final FilesApi files;
    private final AccountApi account;

    public Replicate(
            URI api,
            Keys keys,
            Limits limits,
            Catalog catalog,
            Predictions predictions,
            Runs runs,
            Faults faults,
            Uploads uploads,
            WebSource source,
            Views views,
            Duration retention,
            Supplier<String> webhookSecret) {
        this.gate = new Gate(keys, limits, faults);
        this.predictions = new PredictionsApi(gate, catalog, predictions, runs, faults, source, views, api);
        this.files = new FilesApi(uploads, views, retention);
        this.account = new AccountApi(catalog, webhookSecret);
    }

    public void addTo(Routes routes) {
        predictions.addTo(routes);
        files.addTo(routes, gate);
        account.addTo(routes, gate);
    }

    public void reset() {
        gate.reset();
    }
}
