package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.storyboard.StoryboardEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job, from its creation to its film, and from film to film.
 *
 * <pre>
 * Unborn          =&gt; Selecting        created
 * Selecting       =&gt; Ready            a storyboard was chosen
 * Selecting       =&gt; Rendering        a storyboard was chosen and approves itself
 * Selecting       =&gt; SelectionFailed  refused, unusable, or no answer in time, and there was no storyboard before
 * Selecting       =&gt; Ready            the same, but there was one, which is shown again
 * Selecting       =&gt; Canceled         canceled
 * SelectionFailed =&gt; Selecting        retried or asked anew; answers to the older selection are ignored
 * SelectionFailed =&gt; Canceled         canceled
 * Ready           =&gt; Ready            edited
 * Ready           =&gt; Selecting        another selection was asked for
 * Ready           =&gt; Rendering        approved
 * Ready           =&gt; Canceled         canceled
 * Rendering       =&gt; Rendering        the cut goes on, or was withdrawn and waits until render closed it; or, if it is
 *                                    not the first, edited, which waits for the next cut
 * Rendering       =&gt; Completed        the cut ended with a film
 * Rendering       =&gt; Failed           the cut ended without a film
 * Rendering       =&gt; Canceled         the cut ended after it was canceled
 * Failed          =&gt; Failed           edited, which waits for the next cut
 * Failed          =&gt; Rendering        retried, cut anew or a scene regenerated: another cut; what was rendered is kept
 * Completed       =&gt; Completed        edited; another cut, whose end changes the film or nothing; an earlier film
 *                                    published again; another shape of the film
 * each without an open cut =&gt; Deleted deleted
 * </pre>
 *
 * <p>Facts are folded first and looked at afterwards; a late or repeated one gives back the same state. Facts of a cut
 * may arrive in any order. Neither a clock nor chance is in here: times and new ids come with facts and commands. What a
 * fact makes of it says {@link Evolution}, what a command leads to {@link Judge}, what a change leads to {@link Reaction}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
public sealed interface Job {

    /** Before its creation. */
    record Unborn() implements Job {}

    /**
     * @param previous pairs of all storyboards that were chosen before
     * @param shown the storyboard that stays if there is no other; null for a job that never had one
     */
    record Selecting(
            Order order,
            Material material,
            int selection,
            Instant due,
            List<StoryboardEvent.Pair> previous,
            @Nullable Storyboard shown)
            implements Job {
        public Selecting {
            previous = orNone(previous);
        }
    }

    record SelectionFailed(
            Order order, Material material, int selection, Problem problem, List<StoryboardEvent.Pair> previous)
            implements Job {
        public SelectionFailed {
            previous = orNone(previous);
        }
    }

    /**
     * Waits for its person, without a deadline.
     *
     * @param previous pairs of all storyboards that were chosen so far
     * @param asked number of the latest selection, which is not this storyboard's if it failed; null if it is
     * @param problem why the latest selection brought nothing; null if it brought this storyboard
     */
    record Ready(
            Order order,
            Storyboard storyboard,
            List<StoryboardEvent.Pair> previous,
            @Nullable Integer asked,
            @Nullable Problem problem)
            implements Job {
        public Ready {
            previous = orNone(previous);
        }

        int selection() {
            return asked == null ? storyboard.selection() : asked;
        }
    }

    /**
     * @param storyboard with what was changed since the cut was asked for
     * @param reached progress that a client has seen; it never falls
     */
    record Rendering(Order order, Storyboard storyboard, Cut cut, int reached) implements Job {}

    /**
     * @param storyboard with what was changed since the film
     * @param cut the latest, which may be open
     * @param film served, of this or of an earlier cut
     * @param renditions of films that are kept, in the order in which they were asked for
     */
    record Completed(Order order, Storyboard storyboard, Cut cut, Film film, List<Rendition> renditions)
            implements Job {
        public Completed {
            renditions = orNone(renditions);
        }
    }

    /** @param storyboard with what was changed since the cut */
    record Failed(Order order, Storyboard storyboard, Cut cut, int reached, Problem problem) implements Job {}

    /**
     * @param storyboard null if there was none yet
     * @param cut null if it was not approved yet
     */
    record Canceled(
            Order order,
            @Nullable Storyboard storyboard,
            @Nullable Cut cut,
            int reached) implements Job {}

    /** Its row is removed with this change. */
    record Deleted(Order order) implements Job {}

    static Job evolve(Job state, Fact fact) {
        return Evolution.of(state, fact);
    }

    /** Rows of earlier versions lack some lists. */
    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static Decision decide(Job state, Command command) {
        return Judge.decide(state, command);
    }

    /** What follows from a change; nothing if there was none. */
    static List<Effect> react(Job before, Job after) {
        return Reaction.to(before, after);
    }

    /** When the job waits no longer; null if it waits for nobody but its person. */
    static @Nullable Instant dueOf(Job state) {
        if (state instanceof Selecting selecting) {
            return selecting.due();
        }
        var cut = openCutOf(state);
        return cut != null && cut.withdrawn() == null ? cut.due() : null;
    }

    static Order orderOf(Job state) {
        return switch (state) {
            case Unborn unborn -> throw new IllegalStateException("Nothing was ordered yet");
            case Selecting selecting -> selecting.order();
            case SelectionFailed failed -> failed.order();
            case Ready ready -> ready.order();
            case Rendering rendering -> rendering.order();
            case Completed completed -> completed.order();
            case Failed failed -> failed.order();
            case Canceled canceled -> canceled.order();
            case Deleted deleted -> deleted.order();
        };
    }

    /** What a person sees and changes; null while there is none. */
    static @Nullable Storyboard storyboardOf(Job state) {
        return switch (state) {
            case Unborn unborn -> null;
            case Selecting selecting -> null;
            case SelectionFailed failed -> null;
            case Ready ready -> ready.storyboard();
            case Rendering rendering -> rendering.storyboard();
            case Completed completed -> completed.storyboard();
            case Failed failed -> failed.storyboard();
            case Canceled canceled -> canceled.storyboard();
            case Deleted deleted -> null;
        };
    }

    /** The latest cut, open or not. */
    static @Nullable Cut cutOf(Job state) {
        return switch (state) {
            case Unborn unborn -> null;
            case Selecting selecting -> null;
            case SelectionFailed failed -> null;
            case Ready ready -> null;
            case Rendering rendering -> rendering.cut();
            case Completed completed -> completed.cut();
            case Failed failed -> failed.cut();
            case Canceled canceled -> canceled.cut();
            case Deleted deleted -> null;
        };
    }

    /** The cut that is being made; null if none is. */
    static @Nullable Cut openCutOf(Job state) {
        var cut = cutOf(state);
        return cut != null && cut.open() ? cut : null;
    }

    static Usd spentOf(Job state) {
        var cut = cutOf(state);
        return cut == null ? Usd.ZERO : cut.spent();
    }
}
