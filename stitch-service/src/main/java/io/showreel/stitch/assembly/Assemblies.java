package io.showreel.stitch.assembly;

import io.showreel.messaging.Origin;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The assemblies of all cuts, each changed by one transaction at a time. */
public interface Assemblies {

    /** The cut's assembly, locked until the transaction ends; {@link Assembly#NEW} for a cut that nobody mentioned. */
    Mono<Assembly> lock(CutId cut);

    /** Replaces what {@link #lock} returned; keeps the origin that the Reactor context holds. */
    Mono<Void> save(CutId cut, Assembly assembly);

    /** The cut's assembly as it is just now, not locked. */
    Mono<Assembly> look(CutId cut);

    /** Everything known of a job, renditions included. */
    Flux<CutId> of(long jobId);

    /** How long ago the last take of the cut came; empty if takes are still out. */
    Mono<Duration> sinceReady(CutId cut);

    /** Notes that the clip was shown for this cut; false if it was before. */
    Mono<Boolean> noteShown(TakeOfCut take);

    /** Where the last change of the assembly came from; empty for a cut that nobody mentioned. */
    Mono<Origin> origin(CutId cut);
}
