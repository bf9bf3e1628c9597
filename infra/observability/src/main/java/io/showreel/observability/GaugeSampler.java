package io.showreel.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Asks the database for the {@link SampledGauge}s. One that can't be asked shows nothing until it can be again: an old
 * number would look like a quiet system.
 */
final class GaugeSampler implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GaugeSampler.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DatabaseClient database;
    private final Map<SampledGauge, MultiGauge> gauges;
    private final Duration every;
    private volatile @Nullable Thread thread;

    GaugeSampler(DatabaseClient database, MeterRegistry registry, List<SampledGauge> gauges, Duration every) {
        this.database = database;
        this.every = every;
        this.gauges = gauges.stream()
                .collect(Collectors.toUnmodifiableMap(gauge -> gauge, gauge -> MultiGauge.builder(gauge.name())
                        .description(gauge.description())
                        .baseUnit(gauge.unit().isEmpty() ? null : gauge.unit())
                        .register(registry)));
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("gauge-sampler").start(this::sampleUntilStopped);
    }

    @Override
    public void stop() {
        var sampling = thread;
        if (sampling != null) {
            sampling.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void sampleUntilStopped() {
        try {
            while (true) {
                sample();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void sample() {
        gauges.forEach(this::sample);
    }

    private void sample(SampledGauge gauge, MultiGauge shown) {
        List<Row<?>> rows = List.of();
        try {
            rows = Objects.requireNonNull(database.sql(gauge.query())
                    .fetch()
                    .all()
                    .<Row<?>>map(row -> row(gauge, row))
                    .collectList()
                    .block(TIMEOUT));
        } catch (RuntimeException e) {
            log.debug("{} is not known at the moment", gauge.name(), e);
        }
        shown.register(rows, true);
    }

    private static Row<?> row(SampledGauge gauge, Map<String, Object> row) {
        var tags = gauge.tags().stream()
                .map(tag -> Tag.of(tag, Objects.toString(row.get(tag), "")))
                .toList();
        var value = row.get("value");
        return Row.of(Tags.of(tags), value instanceof Number number ? number.doubleValue() : Double.NaN);
    }
}
