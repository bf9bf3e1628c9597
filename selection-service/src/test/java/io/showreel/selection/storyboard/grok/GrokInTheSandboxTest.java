package io.showreel.selection.storyboard.grok;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.sheet.Printers;
import io.showreel.selection.storyboard.Albums;
import io.showreel.selection.storyboard.Campaigns;
import io.showreel.selection.storyboard.SelectStoryboard;
import io.showreel.selection.storyboard.SelectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Our requests against somebody else's reading of xAI's documentation. */
class GrokInTheSandboxTest {

    @TempDir
    private static Path home;

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(Settings.in(home).withKeys(Set.of("good")));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7, 20})
    void grok_tells_a_sound_story_of_the_sample_campaign(int scenes) throws Exception {
        var storyboard = selected("good", Campaigns.asking(Campaigns.sample(), scenes));

        assertThat(storyboard.effort().note()).isNull();
        assertThat(storyboard.origin()).isEqualTo(Origin.MODEL);
        assertThat(storyboard.scenes()).hasSize(scenes).allSatisfy(scene -> {
            assertThat(scene.title()).isNotBlank();
            assertThat(scene.prompt()).contains("Mountain Retreat");
            assertThat(scene.score()).isBetween(0.0, 1.0);
        });
        assertThat(storyboard.effort().model()).isEqualTo("grok-4.20-0309-non-reasoning");
        assertThat(storyboard.effort().promptTokens()).isPositive();
        assertThat(storyboard.effort().cost().amount()).isPositive();
    }

    @Test
    void grok_is_shown_many_groups_in_two_passes_and_both_are_paid() throws Exception {
        var places = IntStream.range(0, 20)
                .mapToObj(i -> Campaigns.group("Place " + (char) ('A' + i), 4))
                .toList();
        var photos = places.stream().flatMap(List::stream).toList();

        var seen = (StoryboardSelected) answer("good", Campaigns.asking(photos, 7), Albums.of(places));
        var unseen = selected("good", Campaigns.asking(photos, 7));

        assertThat(seen.origin()).as(seen.effort().note()).isEqualTo(Origin.MODEL);
        assertThat(seen.scenes()).hasSize(7).allSatisfy(scene -> assertThat(scene.reason())
                .isNotBlank());
        assertThat(seen.effort().promptTokens()).isGreaterThan(unseen.effort().promptTokens());
        assertThat(seen.effort().cost().amount())
                .isGreaterThan(unseen.effort().cost().amount());
    }

    @Test
    void grok_keeps_to_the_wanted_kinds() throws Exception {
        var storyboard = selected("good", Campaigns.asking(Campaigns.sample(), 4, "exterior", "living_room"));

        assertThat(storyboard.origin()).isEqualTo(Origin.MODEL);
        assertThat(storyboard.scenes()).extracting(ChosenScene::sceneType).containsOnly("exterior", "living_room");
    }

    @Test
    void a_wrong_key_leaves_the_choice_to_the_templates_and_says_so() throws Exception {
        var storyboard = selected("bad", Campaigns.asking(Campaigns.sample(), 4));

        assertThat(storyboard.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(storyboard.effort().note()).contains("Set XAI_API_KEY", "HTTP 400");
    }

    @Test
    void the_default_model_is_listed() throws Exception {
        assertThat(new XaiClient(settings("good")).models())
                .contains(settings("good").model());
    }

    @Test
    void an_effort_that_is_left_blank_is_none() {
        assertThat(settings(Map.of("selection.xai.effort", "")).effort()).isNull();
    }

    @Test
    void the_default_prices_are_those_that_are_listed() throws Exception {
        var client = new XaiClient(settings("good"));

        assertThat(new ModelCheck(settings("good"), client).differences(client.prices()))
                .isEmpty();
    }

    @Test
    void other_prices_and_an_effort_that_the_model_refuses_are_noticed_at_start() throws Exception {
        var settings = settings(
                Map.of("selection.xai.key", "good", "selection.xai.effort", "low", "selection.xai.prices.prompt", "9"));
        var client = new XaiClient(settings);

        assertThat(new ModelCheck(settings, client).differences(client.prices()))
                .containsExactly(
                        "selection.xai.effort is low, but grok-4.20-non-reasoning does not reason and refuses an effort",
                        "grok-4.20-non-reasoning costs 1.25 (cached 0.2) and 2.5 USD a million tokens, but"
                                + " selection.xai.prices has 9 (cached 0.2) and 2.5 USD");
    }

    private static StoryboardSelected selected(String key, SelectScenes command) throws Exception {
        return (StoryboardSelected) answer(key, command);
    }

    private static StoryboardEvent answer(String key, SelectScenes command) throws Exception {
        return answer(key, command, Album.UNSEEN);
    }

    private static StoryboardEvent answer(String key, SelectScenes command, Album album) throws Exception {
        var settings = settings(key);
        return new SelectStoryboard(
                        new GrokStoryteller(settings, new XaiClient(settings), Printers.contactSheets()),
                        (photos, atMost) -> album,
                        new SelectionSettings(true, Duration.ofSeconds(90)))
                .answer(command);
    }

    private static XaiSettings settings(String key) {
        return settings(Map.of("selection.xai.key", key));
    }

    private static XaiSettings settings(Map<String, String> properties) {
        var source = new HashMap<>(properties);
        source.put("selection.xai.url", sandbox.apiUrl().toString());
        return new Binder(new MapConfigurationPropertySource(source))
                .bind("selection.xai", XaiSettings.class)
                .get();
    }
}
