package io.showreel.gateway.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Lives;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HappeningsTest {

    @Test
    void a_film_is_told_from_its_order_to_its_end_and_nothing_of_it_twice() {
        var told = told(Lives.ofAFilm());

        assertThat(told)
                .extracting(Happening::type)
                .containsExactly(
                        "job_created",
                        "storyboard_ready",
                        "job_approved",
                        "cut_requested",
                        "take_started",
                        "take_started",
                        "take_rendered",
                        "take_lost",
                        "take_rendered",
                        "cutting_started",
                        "cut_closed",
                        "film_published",
                        "job_completed");
        var lost = told.get(7);
        assertThat(lost.source()).isEqualTo(Happening.Source.RENDER_SERVICE);
        assertThat(lost.sceneId()).isNotNull();
        assertThat(lost.data()).containsKeys("take_id", "reason", "message", "cost");
        assertThat(told.getLast().data()).containsEntry("partial", true).containsEntry("revision", 1);
    }

    @Test
    void a_cancel_is_told_when_it_is_accepted_and_when_it_is_done() {
        assertThat(told(Lives.ofACancel()))
                .extracting(Happening::type)
                .containsExactly(
                        "job_created",
                        "storyboard_ready",
                        "job_approved",
                        "cut_requested",
                        "cut_withdrawn",
                        "take_withdrawn",
                        "take_withdrawn",
                        "cut_closed",
                        "job_canceled");
    }

    @Test
    void a_selection_that_nobody_answered_failed_here() {
        var told = told(Lives.ofSilence());

        assertThat(told).extracting(Happening::type).containsExactly("job_created", "selection_failed");
        assertThat(told.getLast().source()).isEqualTo(Happening.Source.GATEWAY_SERVICE);
        assertThat(told.getLast().data()).containsEntry("code", "selection_timeout");
    }

    @Test
    void what_a_person_does_with_a_film_is_told_too() {
        assertThat(told(Lives.ofARestore()))
                .extracting(Happening::type)
                .containsExactly("revision_restored", "job_completed");
        assertThat(told(Lives.ofARendition()))
                .extracting(Happening::type)
                .containsExactly("rendition_requested", "rendition_failed");
    }

    @Test
    void a_doubt_and_the_first_word_on_it_are_told() {
        var told = told(Lives.ofADoubt());

        assertThat(told).extracting(Happening::type).endsWith("cut_requested", "take_unverifiable", "take_resolved");
        assertThat(told.getLast().source()).isEqualTo(Happening.Source.CLIENT);
        assertThat(told.getLast().data()).containsEntry("paid", true);
    }

    @Test
    void a_selection_that_brought_nothing_new_is_told_although_there_is_a_storyboard() {
        assertThat(told(Lives.ofASecondSelection()))
                .extracting(Happening::type)
                .containsExactly("job_created", "storyboard_ready", "storyboard_requested", "selection_failed");
    }

    private static List<Happening> told(List<Job> life) {
        var told = new ArrayList<Happening>();
        for (int i = 1; i < life.size(); i++) {
            told.addAll(Happenings.between(life.get(i - 1), life.get(i)));
        }
        return told;
    }
}
