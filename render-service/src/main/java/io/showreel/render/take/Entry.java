package io.showreel.render.take;

import io.showreel.contracts.scene.SceneRequest.TakeInput;
import java.util.UUID;

/**
 * A take in the ledger.
 *
 * @param jobId and firstCut of the cut that asked for it first, and so pays for it
 */
public record Entry(UUID takeId, long jobId, int firstCut, String account, TakeInput input, Take take) {

    /** @throws java.util.NoSuchElementException if it is no attempt of this take */
    public Attempt attempt(UUID token) {
        return take.attempts().stream()
                .filter(attempt -> attempt.token().equals(token))
                .findFirst()
                .orElseThrow();
    }

    Entry with(Take changed) {
        return new Entry(takeId, jobId, firstCut, account, input, changed);
    }
}
