package io.showreel.stitch.assembly;

import io.showreel.messaging.Origin;
import reactor.core.publisher.Mono;

/** The assemblies of all cuts, each changed by one transaction at a time. */
public interface Assemblies {

    /** The cut's assembly, locked until the transaction ends; {@link Assembly#NEW} for a cut that nobody mentioned. */
    Mono<Assembly> lock(CutId cut);

    /** Replaces what {@link #lock} returned; keeps the origin that the Reactor context holds. */
    Mono<Void> save(CutId cut, Assembly assembly);

    /** Where the last change of the assembly came from; empty for a cut that nobody mentioned. */
    Mono<Origin> origin(CutId cut);
}
