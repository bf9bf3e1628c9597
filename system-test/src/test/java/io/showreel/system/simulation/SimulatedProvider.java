package io.showreel.system.simulation;

import io.showreel.render.take.Symptom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Predictions without idempotency: whatever is submitted is made, and paid when it succeeds. */
final class SimulatedProvider {

    enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        boolean isTerminal() {
            return this != RUNNING;
        }
    }

    static final class Prediction {
        final String id;
        final UUID takeId;
        final UUID token;
        Status status = Status.RUNNING;
        Symptom symptom = Symptom.MODEL_ERROR;

        Prediction(String id, UUID takeId, UUID token) {
            this.id = id;
            this.takeId = takeId;
            this.token = token;
        }
    }

    private final Dice dice;
    private final Map<String, Prediction> predictions = new LinkedHashMap<>();

    SimulatedProvider(Dice dice) {
        this.dice = dice;
    }

    Prediction create(UUID takeId, UUID token) {
        var prediction = new Prediction("p" + predictions.size(), takeId, token);
        predictions.put(prediction.id, prediction);
        return prediction;
    }

    Optional<Prediction> withToken(UUID token) {
        return predictions.values().stream()
                .filter(prediction -> prediction.token.equals(token))
                .findFirst();
    }

    Prediction get(String id) {
        return predictions.get(id);
    }

    void cancel(String id) {
        var prediction = predictions.get(id);
        if (!prediction.status.isTerminal()) {
            prediction.status = Status.CANCELED;
        }
    }

    /** @return whether a prediction ended */
    boolean endOne() {
        var running = predictions.values().stream()
                .filter(prediction -> !prediction.status.isTerminal())
                .toList();
        if (running.isEmpty()) {
            return false;
        }
        var prediction = dice.pick(running);
        prediction.status = dice.oneIn(4) ? Status.FAILED : Status.SUCCEEDED;
        prediction.symptom = dice.pick(List.of(
                Symptom.START_TIMEOUT, Symptom.TRANSIENT, Symptom.INTERRUPTED, Symptom.MODERATED, Symptom.MODEL_ERROR));
        return true;
    }

    List<Prediction> of(UUID takeId) {
        var all = new ArrayList<>(predictions.values());
        all.removeIf(prediction -> !prediction.takeId.equals(takeId));
        return all;
    }

    List<Prediction> all() {
        return List.copyOf(predictions.values());
    }
}
