package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.asking;
import static io.showreel.selection.storyboard.Campaigns.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.Pair;
import io.showreel.contracts.storyboard.StoryboardEvent.SelectionFailed;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.PhotoViewer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectStoryboardTest {

    private static final Spent SPENT = new Spent("grok", 900, 100, new BigDecimal("0.0012345678"));
    private static final List<Storyteller.Scene> SOUND = List.of(told("p1", "p2"), told("p7", "p8"));
    private static final List<Storyteller.Scene> UNSOUND = List.of(told("p1", "p1"), told("p7", "p99"));

    private PhotoViewer viewer = (photos, atMost) -> Album.UNSEEN;

    @Test
    void a_sound_story_becomes_the_storyboard() throws Exception {
        var storyteller = new ScriptedStoryteller(story(SOUND));

        var storyboard = selected(storyteller, asking(Campaigns.sample(), 2));

        assertThat(storyboard.origin()).isEqualTo(Origin.MODEL);
        assertThat(storyboard.selection()).isEqualTo(1);
        assertThat(storyboard.music()).isEqualTo("Strings.");
        assertThat(storyboard.effort()).isEqualTo(new StoryboardEvent.Effort("grok", 900, 100, Usd.of("0.0012"), null));
        assertThat(storyboard.scenes()).extracting(ChosenScene::sceneType).containsExactly("hook", "outro");
        var first = storyboard.scenes().getFirst();
        assertThat(first.title()).isEqualTo("A title");
        assertThat(first.duration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(first.transition()).isEqualTo("cut");
        assertThat(first.groupName()).isEqualTo("Dining");
        assertThat(List.of(first.firstAssetId(), first.lastAssetId()))
                .containsExactly(photo("Dining 1").assetId(), photo("Dining 2").assetId());
        assertThat(first.alternates()).hasSize(2).allSatisfy(pair -> assertThat(pair.firstAssetId())
                .isNotIn(photo("Dining 1").assetId(), photo("Dining 2").assetId()));
    }

    @Test
    void an_unsound_story_is_sent_back_once_with_what_was_wrong() throws Exception {
        var storyteller = new ScriptedStoryteller(story(UNSOUND), story(SOUND));

        var storyboard = selected(storyteller, asking(Campaigns.sample(), 2));

        assertThat(storyboard.origin()).isEqualTo(Origin.MODEL);
        assertThat(storyteller.heard)
                .containsExactly(
                        null,
                        new Storyteller.Objection(
                                "said",
                                List.of(
                                        "Scene 1: first and last are the same photo p1.",
                                        "Scene 2: there is no photo p99.")));
        assertThat(storyboard.effort())
                .isEqualTo(new StoryboardEvent.Effort("grok", 1800, 200, Usd.of("0.0025"), null));
    }

    @Test
    void after_two_unsound_stories_the_templates_choose_and_the_note_says_why() throws Exception {
        var storyteller = new ScriptedStoryteller(new Storyteller.Mumble("{", "Broken off.", SPENT), story(UNSOUND));

        var storyboard = selected(storyteller, asking(Campaigns.sample(), 2));

        assertThat(storyboard.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(storyboard.effort().note()).contains("there is no photo p99");
        assertThat(storyboard.effort().promptTokens()).isEqualTo(1800);
        assertThat(storyteller.heard).hasSize(2);
    }

    @Test
    void a_storyteller_that_cannot_be_had_is_not_asked_again() throws Exception {
        var storyteller = new ScriptedStoryteller(new StorytellerException("provider_billing", "Add credit."));

        var storyboard = selected(storyteller, asking(Campaigns.sample(), 4));

        assertThat(storyboard.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(storyboard.effort().note()).isEqualTo("Add credit.");
        assertThat(storyboard.effort().model()).isNull();
        assertThat(storyboard.music()).startsWith("Instrumental film music");
        assertThat(storyteller.heard).hasSize(1);
    }

    @Test
    void without_a_fallback_the_job_learns_what_to_do() throws Exception {
        var storyteller = new ScriptedStoryteller(new StorytellerException("provider_auth", "Set XAI_API_KEY."));

        var event = answer(storyteller, asking(Campaigns.sample(), 4, Map.of("fallback_to_simple", false)));

        assertThat(event).isEqualTo(new SelectionFailed(42, 1, "provider_auth", "Set XAI_API_KEY."));
    }

    @Test
    void without_a_fallback_two_unsound_stories_fail_the_selection() throws Exception {
        var storyteller = new ScriptedStoryteller(story(UNSOUND), story(UNSOUND));

        var event = answer(storyteller, asking(Campaigns.sample(), 2, Map.of("fallback_to_simple", false)));

        assertThat(event)
                .asInstanceOf(type(SelectionFailed.class))
                .extracting(SelectionFailed::code)
                .isEqualTo("invalid_selection");
    }

    @Test
    void nobody_is_asked_when_the_configuration_says_so() throws Exception {
        var storyteller = new ScriptedStoryteller();

        var storyboard = selected(storyteller, asking(Campaigns.sample(), 4, Map.of("use_llm", false)));

        assertThat(storyboard.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(storyteller.heard).isEmpty();
    }

    @Test
    void the_words_are_the_houses_where_the_configuration_says_so() throws Exception {
        var command = configured(Campaigns.sample(), Map.of("scene_generation", Map.of("use_ai", false)));

        var storyboard = selected(new ScriptedStoryteller(story(SOUND)), command);

        assertThat(storyboard.origin()).as("who chose the pairs").isEqualTo(Origin.MODEL);
        assertThat(storyboard.music()).startsWith("Instrumental film music");
        assertThat(storyboard.scenes()).allSatisfy(scene -> {
            assertThat(scene.title()).isNotEqualTo("A title");
            assertThat(scene.description()).startsWith("The ").doesNotContain("What is seen");
            assertThat(scene.reason()).isEqualTo("Because.");
        });
    }

    @Test
    void without_a_model_a_scene_tells_what_people_wrote_about_its_photos() throws Exception {
        var photos = Stream.of(photo("Hall 1"), photo("Hall 2"), photo("Stable 1"), photo("Stable 2"))
                .map(photo -> photo.name().equals("Hall 1") ? describedAs("The oak stairs", photo) : photo)
                .toList();

        var storyboard = selected(new ScriptedStoryteller(), asking(photos, 2, Map.of("use_llm", false)));

        assertThat(storyboard.scenes())
                .extracting(ChosenScene::description)
                .containsExactlyInAnyOrder(
                        "The oak stairs.",
                        "The stable in a dolly back to an establishing wide: expansive, golden, a farewell that invites a"
                                + " return.");
        assertThat(storyboard.scenes())
                .filteredOn(scene -> "Hall".equals(scene.groupName()))
                .allSatisfy(scene -> assertThat(scene.prompt()).contains("In the picture: The oak stairs."));
    }

    private static Photo describedAs(String description, Photo photo) {
        return new Photo(
                photo.assetId(),
                photo.name(),
                photo.tags(),
                description,
                photo.object(),
                photo.width(),
                photo.height());
    }

    private static SelectScenes configured(List<Photo> photos, Map<String, Map<String, Object>> steps) {
        var command = asking(photos, 2);
        return new SelectScenes(
                command.jobId(),
                command.selection(),
                command.type(),
                command.campaign(),
                command.photos(),
                command.wish(),
                new Configuration(1, steps));
    }

    @Test
    void photos_that_make_no_pair_fail_the_selection_without_asking() throws Exception {
        var storyteller = new ScriptedStoryteller();

        var event = answer(storyteller, asking(List.of(photo("Hall"), photo("Roof")), 4));

        assertThat(event).asInstanceOf(type(SelectionFailed.class)).satisfies(failed -> {
            assertThat(failed.code()).isEqualTo("no_pairs");
            assertThat(failed.message()).contains("same tag");
        });
        assertThat(storyteller.heard).isEmpty();
    }

    @Test
    void wanted_kinds_that_nobody_finds_fail_the_selection() throws Exception {
        var elsewhere = List.of(new Storyteller.Scene("p1", "p2", "exterior", "A title", null, null, null));

        var event = answer(
                new ScriptedStoryteller(story(elsewhere), story(elsewhere)), asking(Campaigns.sample(), 4, "kitchen"));

        assertThat(event).asInstanceOf(type(SelectionFailed.class)).satisfies(failed -> assertThat(failed.code())
                .isEqualTo("invalid_scene_types"));
    }

    @Test
    void what_could_not_be_looked_at_is_noted_whoever_chooses() throws Exception {
        viewer = (photos, atMost) -> new Album(Map.of(), Set.of(), "Not looked at: Dining 6 (is gone).");

        var told = selected(new ScriptedStoryteller(story(SOUND)), asking(Campaigns.sample(), 2));
        var cast = selected(
                new ScriptedStoryteller(new StorytellerException("provider_billing", "Add credit.")),
                asking(Campaigns.sample(), 2));

        assertThat(told.effort().note()).isEqualTo("Not looked at: Dining 6 (is gone).");
        assertThat(cast.effort().note()).isEqualTo("Add credit. Not looked at: Dining 6 (is gone).");
    }

    @Test
    void nobody_looks_when_the_job_says_so() throws Exception {
        viewer = (photos, atMost) -> {
            throw new AssertionError("looked");
        };

        var storyboard = selected(
                new ScriptedStoryteller(), asking(Campaigns.sample(), 4, Map.of("use_llm", false, "look", false)));

        assertThat(storyboard.scenes()).hasSize(4);
    }

    @Test
    void the_model_cannot_choose_a_photo_that_is_blurred_while_better_ones_exist() throws Exception {
        var hall = Campaigns.group("Hall", 6);
        var albums = new Albums();
        for (var i = 0; i < 6; i++) {
            albums.seen(hall.get(i), 11 * i, i == 0 ? 1 : 100);
        }
        viewer = (photos, atMost) -> albums.album();
        var storyteller = new ScriptedStoryteller(story(List.of(told("p1", "p6"))), story(List.of(told("p1", "p5"))));

        var storyboard = selected(storyteller, asking(hall, 1));

        assertThat(storyteller.heard.getLast().reasons()).containsExactly("Scene 1: there is no photo p6.");
        assertThat(storyboard.origin()).isEqualTo(Origin.MODEL);
        assertThat(storyboard.scenes().getFirst().firstAssetId())
                .isEqualTo(hall.get(1).assetId());
    }

    @Test
    void two_copies_of_one_picture_fail_the_selection_and_the_job_learns_why() throws Exception {
        var hall = Campaigns.group("Hall", 2);
        viewer = (photos, atMost) -> Albums.walk(hall, 1);

        var event = answer(new ScriptedStoryteller(), asking(hall, 2));

        assertThat(event).asInstanceOf(type(SelectionFailed.class)).satisfies(failed -> {
            assertThat(failed.code()).isEqualTo("no_pairs");
            assertThat(failed.message()).contains("nearly the same picture");
        });
    }

    @Test
    void the_storyboard_says_how_long_it_is_and_offers_two_alternates_for_each_scene() throws Exception {
        var storyboard = selected(new ScriptedStoryteller(), asking(Campaigns.sample(), 4, Map.of("use_llm", false)));

        assertThat(storyboard.totalDuration()).isEqualTo(Duration.ofSeconds(16));
        assertThat(storyboard.scenes())
                .allSatisfy(scene -> assertThat(scene.alternates()).hasSize(2));
    }

    @Test
    void another_selection_is_never_one_of_the_earlier_ones_until_nothing_else_is_left() throws Exception {
        var command = asking(Campaigns.group("Hall", 4), 2, Map.of("use_llm", false));
        var previous = new ArrayList<Pair>();
        for (var selection = 1; selection <= 3; selection++) {
            var storyboard = selected(new ScriptedStoryteller(), Campaigns.again(command, previous));
            assertThat(pairs(storyboard)).hasSize(2);
            assertThat(unordered(previous).containsAll(pairs(storyboard))).isFalse();
            storyboard.scenes().forEach(scene -> previous.add(new Pair(scene.firstAssetId(), scene.lastAssetId())));
        }

        var last = answer(new ScriptedStoryteller(), Campaigns.again(command, previous));

        assertThat(last)
                .asInstanceOf(type(SelectionFailed.class))
                .extracting(SelectionFailed::code)
                .isEqualTo("no_other_selection");
    }

    @Test
    void another_selection_takes_another_group_where_its_own_have_no_other_pair() throws Exception {
        var photos = Stream.of("Exterior", "Sunset", "Hall")
                .flatMap(name -> Campaigns.group(name, 2).stream())
                .toList();
        var command = asking(photos, 2, Map.of("use_llm", false));
        var first = selected(new ScriptedStoryteller(), command);

        var second = selected(
                new ScriptedStoryteller(),
                Campaigns.again(
                        command,
                        first.scenes().stream()
                                .map(scene -> new Pair(scene.firstAssetId(), scene.lastAssetId()))
                                .toList()));

        assertThat(second.scenes())
                .extracting(ChosenScene::groupName)
                .contains("Hall")
                .hasSize(2);
    }

    @Test
    void a_model_that_tells_the_same_again_is_sent_back_and_then_overruled() throws Exception {
        var command = asking(Campaigns.sample(), 2);
        var first = selected(new ScriptedStoryteller(story(SOUND)), command);
        var previous = first.scenes().stream()
                .map(scene -> new Pair(scene.lastAssetId(), scene.firstAssetId()))
                .toList();
        var storyteller = new ScriptedStoryteller(story(SOUND), story(SOUND));

        var second = selected(storyteller, Campaigns.again(command, previous));

        assertThat(storyteller.heard.getLast().reasons())
                .containsExactly("All these pairs were chosen before: choose at least one that was not.");
        assertThat(second.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(pairs(first).containsAll(pairs(second))).isFalse();
    }

    @Test
    void the_same_command_gets_the_same_simple_storyboard() throws Exception {
        var command = asking(Campaigns.sample(), 9, Map.of("use_llm", false));

        assertThat(answer(new ScriptedStoryteller(), command)).isEqualTo(answer(new ScriptedStoryteller(), command));
    }

    @Test
    void a_storyboard_uses_no_photo_twice_and_no_alternate_takes_one_of_another_scene() throws Exception {
        var storyboard = selected(new ScriptedStoryteller(), asking(Campaigns.sample(), 20, Map.of("use_llm", false)));

        var played = new ArrayList<UUID>();
        storyboard.scenes().forEach(scene -> played.addAll(List.of(scene.firstAssetId(), scene.lastAssetId())));
        assertThat(played).hasSize(40).doesNotHaveDuplicates();
        assertThat(storyboard.scenes()).allSatisfy(scene -> {
            var elsewhere = new ArrayList<>(played);
            elsewhere.removeAll(List.of(scene.firstAssetId(), scene.lastAssetId()));
            assertThat(scene.alternates()).isNotEmpty().allSatisfy(pair -> assertThat(elsewhere)
                    .doesNotContain(pair.firstAssetId(), pair.lastAssetId()));
        });
    }

    private static Set<Set<UUID>> pairs(StoryboardSelected storyboard) {
        return storyboard.scenes().stream()
                .map(scene -> Set.of(scene.firstAssetId(), scene.lastAssetId()))
                .collect(Collectors.toSet());
    }

    private static Set<Set<UUID>> unordered(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> Set.of(pair.firstAssetId(), pair.lastAssetId()))
                .collect(Collectors.toSet());
    }

    private StoryboardSelected selected(Storyteller storyteller, SelectScenes command) throws Exception {
        return (StoryboardSelected) answer(storyteller, command);
    }

    private StoryboardEvent answer(Storyteller storyteller, SelectScenes command) throws Exception {
        return new SelectStoryboard(storyteller, viewer, new SelectionSettings(true, Duration.ofSeconds(90)))
                .answer(command);
    }

    private static Storyteller.Story story(List<Storyteller.Scene> scenes) {
        return new Storyteller.Story("said", scenes, "Strings.", SPENT);
    }

    private static Storyteller.Scene told(String first, String last) {
        return new Storyteller.Scene(first, last, null, "A title", "What is seen.", "Because.", 0.9);
    }

    /** Says what it was given, in order, and remembers what it was told. */
    private static final class ScriptedStoryteller implements Storyteller {

        private final Deque<Object> script;
        private final List<@Nullable Objection> heard = new ArrayList<>();

        ScriptedStoryteller(Object... script) {
            this.script = new ArrayDeque<>(Arrays.asList(script));
        }

        @Override
        public Telling tell(Question question, @Nullable Objection earlier, Deadline deadline)
                throws StorytellerException {
            heard.add(earlier);
            var next = script.removeFirst();
            if (next instanceof StorytellerException failure) {
                throw failure;
            }
            return (Telling) next;
        }
    }
}
