package io.showreel.local.supervision;

import java.nio.file.Path;
import java.time.Duration;

/** Who wants to know how the parts are doing. */
public interface SupervisionLog {

    /** The part answers, at the first start or after another one. */
    void ready(Part part, Duration after, boolean firstTime);

    /** The process of the part ended by itself; it will be started again. */
    void died(Part part, int exitCode, Path log);

    /** The part can't even be prepared. */
    void failed(Part part, RuntimeException cause);
}
