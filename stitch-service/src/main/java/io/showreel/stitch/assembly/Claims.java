package io.showreel.stitch.assembly;

import java.util.Collection;
import reactor.core.publisher.Mono;

/**
 * Which cuts use which objects, by the objects' names. A claim is made before its object is kept; when the last claim on
 * a name goes, so does the object, soon after. All of this happens in the caller's transaction.
 */
public interface Claims {

    Mono<Void> claim(CutId cut, Collection<String> names);

    /** Gives up the films, and what belongs to them, that the cut had claimed, but for these names; not its reels. */
    Mono<Void> releaseFilmsBut(CutId cut, Collection<String> names);

    /** Gives up all that the cut had claimed. */
    Mono<Void> releaseAll(CutId cut);

    /** Has these names looked at again: what nobody claims goes. */
    Mono<Void> recheck(Collection<String> names);

    /** Whether anybody claims the name; until the transaction ends, nobody else can begin to. */
    Mono<Boolean> isClaimed(String name);
}
