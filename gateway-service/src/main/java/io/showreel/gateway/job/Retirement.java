package io.showreel.gateway.job;

import io.showreel.gateway.job.KeptCuts.KeptCut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What of a job's past nobody needs any more. A film's time begins when another took its place, that of a cut without a
 * film when it ended. What is served, the latest cut, and whatever the scenes show stays however old it is; so do a film's
 * file while a later revision is the same film, and a clip while any cut that stays was made of it.
 *
 * @param numbers cuts that can't be returned to any more
 * @param films cuts whose film's files nobody uses any more
 * @param takes whose files nobody uses any more
 */
public record Retirement(List<Integer> numbers, List<Integer> films, List<UUID> takes) {

    static final Retirement NONE = new Retirement(List.of(), List.of(), List.of());

    /**
     * @param kept all of the job, the oldest first
     * @param before what was given up by then is due
     */
    static Retirement of(Job state, List<KeptCut> kept, Instant before) {
        if (Job.openCutOf(state) != null) {
            return NONE;
        }
        var leaving = new ArrayList<Cut>();
        var staying = new ArrayList<Cut>();
        for (int i = 0; i < kept.size(); i++) {
            (isDue(state, kept, i, before) ? leaving : staying).add(kept.get(i).cut());
        }
        var latest = Job.cutOf(state);
        if (latest != null) {
            staying.add(latest);
        }
        var films = new TreeSet<Integer>();
        leaving.stream().flatMap(Retirement::film).forEach(films::add);
        staying.stream().flatMap(Retirement::film).forEach(films::remove);
        var takes = new HashSet<UUID>();
        leaving.stream().flatMap(Retirement::rendered).forEach(takes::add);
        staying.stream().flatMap(Retirement::rendered).forEach(takes::remove);
        takes.removeAll(shown(state));
        return new Retirement(
                leaving.stream().map(Cut::number).toList(),
                List.copyOf(films),
                takes.stream().sorted().toList());
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    private static boolean isDue(Job state, List<KeptCut> kept, int index, Instant before) {
        var cut = kept.get(index).cut();
        var latest = Job.cutOf(state);
        if (latest != null && latest.number() == cut.number()
                || state instanceof Job.Completed completed && completed.film().revision() == cut.number()) {
            return false;
        }
        return givenUp(kept, index).isBefore(before);
    }

    private static Instant givenUp(List<KeptCut> kept, int index) {
        var ended = kept.get(index);
        if (ended.cut().ended().orElse(null) instanceof Cut.End.Published) {
            return kept.stream()
                    .skip(index + 1L)
                    .filter(later -> later.cut().ended().orElse(null) instanceof Cut.End.Published)
                    .findFirst()
                    .map(KeptCut::endedAt)
                    .orElse(Instant.MAX);
        }
        return ended.endedAt();
    }

    private static Stream<Integer> film(Cut cut) {
        return Optional.ofNullable(cut.film()).map(Film::cut).stream();
    }

    private static Stream<UUID> rendered(Cut cut) {
        return cut.takes().stream().filter(Take::rendered).map(Take::id);
    }

    private static Set<UUID> shown(Job state) {
        var shown = new HashSet<UUID>();
        var storyboard = Job.storyboardOf(state);
        if (storyboard != null) {
            storyboard.scenes().forEach(scene -> shown.add(scene.takeId()));
            shown.add(storyboard.musicTakeId());
        }
        return shown;
    }
}
