package io.showreel.render.take;

import io.showreel.contracts.scene.SceneRequest.TakeInput;
import java.util.UUID;

/**
 * A take in the ledger.
 *
 * @param jobId and firstCut of the cut that asked for it first, and so pays for it
 */
public record Entry(UUID takeId, long jobId, int firstCut, String account, TakeInput input, Take take) {

    Entry with(Take changed) {
        return new Entry(takeId, jobId, firstCut, account, input, changed);
    }
}
