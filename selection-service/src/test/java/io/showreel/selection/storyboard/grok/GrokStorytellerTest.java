package io.showreel.selection.storyboard.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.showreel.selection.photo.sheet.Printers;
import io.showreel.selection.storyboard.Albums;
import io.showreel.selection.storyboard.Campaigns;
import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.Question;
import io.showreel.selection.storyboard.Questions;
import io.showreel.selection.storyboard.Storyteller.Mumble;
import io.showreel.selection.storyboard.Storyteller.Narrowing;
import io.showreel.selection.storyboard.Storyteller.Objection;
import io.showreel.selection.storyboard.Storyteller.Scene;
import io.showreel.selection.storyboard.Storyteller.Story;
import io.showreel.selection.storyboard.Storyteller.Telling;
import io.showreel.selection.storyboard.StorytellerException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GrokStorytellerTest {

    private static final String STORY = """
            {"scenes":[{"group":"Dining","first":"p1","last":"p2","title":"A table is set","description":"A long table.",
             "reason":"Same view.","score":0.9}],"music":"Warm strings."}
            """;

    private final XaiServer xai = new XaiServer();
    private final Question question = Questions.of(Campaigns.asking(Campaigns.sample(), 2));

    @AfterEach
    void close() {
        xai.close();
    }

    @Test
    void a_story_is_heard_with_what_it_cost() throws Exception {
        xai.says(STORY);

        var telling = tell(null);

        assertThat(telling).isInstanceOf(Story.class);
        var story = (Story) telling;
        assertThat(story.scenes())
                .containsExactly(new Scene("p1", "p2", null, "A table is set", "A long table.", "Same view.", 0.9));
        assertThat(story.music()).isEqualTo("Warm strings.");
        assertThat(story.spent().model()).isEqualTo("grok-4.20-0309-non-reasoning");
        assertThat(story.spent().promptTokens()).isEqualTo(900);
        assertThat(story.spent().completionTokens()).isEqualTo(120);
        assertThat(story.spent().usd()).isEqualByComparingTo("0.0012345678");
    }

    @Test
    void where_the_cost_is_not_stated_the_tokens_are_priced() throws Exception {
        xai.answers(200, """
                {"choices":[{"message":{"content":"{}"}}],"usage":{"prompt_tokens":1000000,"completion_tokens":100000,
                 "total_tokens":1200000,"prompt_tokens_details":{"cached_tokens":500000}}}
                """);

        // 500,000 at 1.25, 500,000 at 0.20, and 200,000 billed at 2.50 for a million.
        assertThat(tell(null).spent().usd()).isEqualByComparingTo(new BigDecimal("1.225"));
    }

    @Test
    void grok_is_asked_in_a_form_that_leaves_no_choice() throws Exception {
        xai.says(STORY);

        tell(null);

        var asked = xai.asked().getFirst();
        assertThat(asked.path()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer xai-key");
        assertThat(asked.headers().getFirst("x-grok-conv-id")).isEqualTo("42");
        var body = asked.body();
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder(
                        "model", "temperature", "max_completion_tokens", "messages", "response_format");
        var format = body.path("response_format").path("json_schema");
        assertThat(format.path("strict").booleanValue()).isTrue();
        var schema = format.path("schema");
        assertThat(schema.path("type").stringValue()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
        var scenes = schema.path("properties").path("scenes");
        assertThat(scenes.path("minItems").intValue()).isEqualTo(2);
        assertThat(scenes.path("maxItems").intValue()).isEqualTo(2);
        assertThat(scenes.path("items").path("additionalProperties").booleanValue())
                .isFalse();
        var photos = XaiClient.JSON.readTree(body.path("messages")
                .path(1)
                .path("content")
                .path(0)
                .path("text")
                .stringValue());
        assertThat(photos.path("groups")).hasSize(15);
        assertThat(photos.path("groups").path(0)).isEqualTo(XaiClient.JSON.readTree("""
                {"group":"Dining","photos":[{"id":"p1","name":"Dining 1"},{"id":"p2","name":"Dining 2"},
                 {"id":"p3","name":"Dining 3"},{"id":"p4","name":"Dining 4"},{"id":"p5","name":"Dining 5"},
                 {"id":"p6","name":"Dining 6"}]}
                """));
    }

    @Test
    void wanted_kinds_are_all_that_the_schema_allows() throws Exception {
        xai.says(STORY);

        var wanted = Questions.of(Campaigns.asking(Campaigns.sample(), 2, "exterior", "living_room"));
        storyteller(settings()).tell(wanted, null, Deadline.in(Duration.ofSeconds(10)));

        var item = xai.asked()
                .getFirst()
                .body()
                .path("response_format")
                .path("json_schema")
                .path("schema")
                .path("properties")
                .path("scenes")
                .path("items");
        assertThat(item.path("properties")
                        .path("scene_type")
                        .path("enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactly("exterior", "living_room");
        assertThat(item.path("required").valueStream().map(JsonNode::stringValue))
                .contains("scene_type");
    }

    @Test
    void asking_again_shows_what_was_said_and_what_was_wrong() throws Exception {
        xai.says(STORY);

        tell(new Objection("said before", List.of("Scene 1: there is no photo p99.")));

        var turns = xai.asked().getFirst().body().path("messages");
        assertThat(turns.valueStream().map(turn -> turn.path("role").stringValue()))
                .containsExactly("system", "user", "assistant", "user");
        assertThat(turns.path(2).toString()).contains("said before");
        assertThat(turns.path(3).toString()).contains("there is no photo p99");
    }

    @Test
    void each_photo_is_shown_on_a_sheet_under_the_id_that_the_json_gives_it() throws Exception {
        xai.says(STORY);

        storyteller(settings()).tell(seen(10, 6, 4), null, Deadline.in(Duration.ofSeconds(10)));

        var content = content(0);
        assertThat(images(content)).hasSize(10).allSatisfy(image -> {
            assertThat(image.path("url").stringValue()).startsWith("data:image/jpeg;base64,");
            assertThat(image.path("detail").stringValue()).isEqualTo("high");
        });
        assertThat(content.get(1).path("text").stringValue())
                .isEqualTo("Contact sheet 1 of 10: Place A (p1, p2, p3, p4, p5, p6)");
        assertThat(content.get(19).path("text").stringValue())
                .isEqualTo("Contact sheet 10 of 10: Place J (p55, p56, p57, p58, p59, p60)");
    }

    @Test
    void no_call_has_more_than_ten_images_and_every_photo_is_on_one() throws Exception {
        xai.says(STORY);

        storyteller(settings()).tell(seen(15, 6, 4), null, Deadline.in(Duration.ofSeconds(10)));

        var content = content(0);
        assertThat(images(content)).hasSize(10);
        var captions = content.stream()
                .map(part -> part.path("text").stringValue(""))
                .filter(text -> text.startsWith("Contact sheet"))
                .collect(Collectors.joining());
        assertThat(IntStream.rangeClosed(1, 90))
                .allSatisfy(i -> assertThat(captions).containsPattern("\\bp" + i + "\\b"));
    }

    @Test
    void where_nobody_looked_nothing_is_shown() throws Exception {
        xai.says(STORY);

        tell(null);

        assertThat(images(content(0))).isEmpty();
    }

    @Test
    void up_to_fifteen_groups_take_one_call() throws Exception {
        var narrowing = narrow(seen(15, 2, 4));

        assertThat(narrowing.question().groups()).hasSize(15);
        assertThat(xai.asked()).isEmpty();
    }

    @Test
    void of_more_groups_grok_first_says_which() throws Exception {
        xai.says("{\"groups\":[\"g20\",\"g19\",\"g99\"]}");

        var narrowing = narrow(seen(20, 2, 4));

        assertThat(narrowing.question().groups())
                .hasSize(15)
                .extracting(group -> group.group().name())
                .contains("Place S", "Place T");
        assertThat(narrowing.question().scenes()).isEqualTo(4);
        assertThat(narrowing.spent().promptTokens()).isEqualTo(900);
        var content = content(0);
        assertThat(images(content)).hasSize(2);
        assertThat(content.getLast().path("text").stringValue())
                .contains("g20: Place T, photos: 2", "Mountain Retreat");
        assertThat(xai.asked()
                        .getFirst()
                        .body()
                        .at("/response_format/json_schema/schema/properties/groups/items/enum")
                        .size())
                .isEqualTo(20);
    }

    @Test
    void a_first_pass_that_says_nothing_useful_leaves_the_best_groups() throws Exception {
        xai.says("I like them all.");

        assertThat(narrow(seen(20, 2, 4)).question().groups()).hasSize(15);
    }

    @Test
    void more_than_fifteen_groups_are_looked_at_where_the_scenes_need_them() throws Exception {
        xai.says("{\"groups\":[]}").says(STORY);

        var question = narrow(seen(20, 2, 20)).question();
        storyteller(settings()).tell(question, null, Deadline.in(Duration.ofSeconds(10)));

        assertThat(question.scenes()).isEqualTo(20);
        assertThat(images(content(1))).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"code":"invalid-argument","error":"Incorrect API key provided. You can obtain an API key."}  | provider_auth
            401 | {"code":"unauthenticated","error":"Missing Authorization"}                                     | provider_auth
            403 | {"code":"unauthenticated:bad-credentials","error":"The OAuth2 access token could not be validated."} | provider_auth
            403 | {"code":"permission-denied","error":"Your newly created team doesn't have any credits or licenses yet."} | provider_billing
            404 | {"code":"not-found","error":"The model X does not exist or your team does not have access to it."} | provider_model
            400 | {"code":"invalid-argument","error":"Argument not supported on this model: reasoningEffort"}    | provider_rejected
            422 | Failed to deserialize the JSON body into the target type: missing field                       | provider_rejected
            429 | {"code":"resource-exhausted","error":"Free usage quota exceeded."}                             | provider_quota
            """, quoteCharacter = '~')
    void what_asking_again_cannot_mend_is_told_at_once(int status, String body, String code) {
        xai.answers(status, body, Map.of("x-request-id", "r-1"));

        var failure = failure(settings());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure)
                .hasMessageContaining("HTTP " + status + ", request r-1: ")
                .hasMessageNotContaining("xai-key");
        assertThat(xai.asked()).hasSize(1);
    }

    @Test
    void too_many_requests_are_sent_again_up_to_five_times_in_all() {
        for (var i = 0; i < 6; i++) {
            xai.answers(429, "{\"code\":\"resource-exhausted\",\"error\":\"Too many requests for team t.\"}");
        }

        assertThat(failure(settings()).code()).isEqualTo("provider_throttled");
        assertThat(xai.asked()).hasSize(5);
    }

    @Test
    void retry_after_is_obeyed() throws Exception {
        xai.answers(429, "{\"error\":\"Too many requests\"}", Map.of("Retry-After", "0.3"))
                .says(STORY);

        var begin = System.nanoTime();
        assertThat(tell(null)).isInstanceOf(Story.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_retry_after_beyond_the_deadline_is_not_waited_for() {
        xai.answers(429, "{\"error\":\"Too many requests\"}", Map.of("Retry-After", "3600"));

        assertThat(failure(settings()).code()).isEqualTo("provider_throttled");
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void a_failing_server_is_asked_three_times_in_all(int status) {
        for (var i = 0; i < 4; i++) {
            xai.answers(status, "<html>Bad gateway</html>");
        }

        assertThat(failure(settings()).code()).isEqualTo("provider_unavailable");
        assertThat(xai.asked()).hasSize(3);
    }

    @Test
    void a_server_that_recovers_is_heard() throws Exception {
        xai.answers(503, "").answers(200, "<html>not yet</html>").says(STORY);

        assertThat(tell(null)).isInstanceOf(Story.class);
    }

    @Test
    void an_answer_that_never_ends_is_given_up_by_the_deadline() {
        xai.fallsSilent().fallsSilent().fallsSilent();

        var begin = System.nanoTime();
        var failure = catchThrowableOfType(StorytellerException.class, () -> storyteller(settings())
                .tell(question, null, Deadline.in(Duration.ofMillis(500))));

        assertThat(failure.code()).isEqualTo("provider_unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
    }

    @Test
    void nobody_there_is_an_outage() {
        xai.close();

        assertThat(failure(settings()).code()).isEqualTo("provider_unavailable");
    }

    @Test
    void without_a_key_nobody_is_asked() {
        assertThat(failure(settings("")).code()).isEqualTo("provider_auth");
        assertThat(xai.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"scenes":[{"first":"p1"                                  | length | broken off
            Here are your scenes!                                     | stop   | not the JSON
            {"story":"Once upon a time"}                              | stop   | no scenes
            """, quoteCharacter = '~')
    void what_is_no_story_is_a_mumble_that_can_be_objected_to(String content, String finish, String objection)
            throws Exception {
        xai.answers(200, XaiServer.completion(content, finish));

        assertThat(tell(null)).isInstanceOfSatisfying(Mumble.class, mumble -> {
            assertThat(mumble.objection()).contains(objection);
            assertThat(mumble.said()).isEqualTo(content);
            assertThat(mumble.spent().promptTokens()).isEqualTo(900);
        });
    }

    @Test
    void a_refusal_is_a_mumble() throws Exception {
        xai.answers(200, "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I can't.\"}}]}");

        assertThat(tell(null)).isInstanceOfSatisfying(Mumble.class, mumble -> assertThat(mumble.objection())
                .contains("declined"));
    }

    @Test
    void the_models_are_listed_with_their_aliases() throws Exception {
        xai.answers(200, """
                {"data":[{"id":"grok-4.20-0309-non-reasoning","aliases":["grok-4.20-non-reasoning"]},{"id":"grok-4.7"}]}
                """);

        assertThat(new XaiClient(settings()).models())
                .containsExactly("grok-4.20-0309-non-reasoning", "grok-4.20-non-reasoning", "grok-4.7");
    }

    private Narrowing narrow(Question seen) throws Exception {
        return storyteller(settings()).narrow(seen, Deadline.in(Duration.ofSeconds(10)));
    }

    /** Of groups called Place A, Place B and so on. */
    private static Question seen(int groups, int photos, int scenes) {
        var places = IntStream.range(0, groups)
                .mapToObj(i -> Campaigns.group("Place " + (char) ('A' + i), photos))
                .toList();
        return Questions.of(
                Campaigns.asking(places.stream().flatMap(List::stream).toList(), scenes), Albums.of(places));
    }

    private List<JsonNode> content(int asking) {
        return xai.asked()
                .get(asking)
                .body()
                .at("/messages/1/content")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> images(List<JsonNode> content) {
        return content.stream()
                .filter(part -> part.path("type").stringValue("").equals("image_url"))
                .map(part -> part.path("image_url"))
                .toList();
    }

    private Telling tell(Objection earlier) throws Exception {
        return storyteller(settings()).tell(question, earlier, Deadline.in(Duration.ofSeconds(10)));
    }

    private StorytellerException failure(XaiSettings settings) {
        return catchThrowableOfType(StorytellerException.class, () -> storyteller(settings)
                .tell(question, null, Deadline.in(Duration.ofSeconds(10))));
    }

    private static GrokStoryteller storyteller(XaiSettings settings) {
        return new GrokStoryteller(settings, new XaiClient(settings), Printers.contactSheets());
    }

    private XaiSettings settings() {
        return settings("xai-key");
    }

    private XaiSettings settings(String key) {
        return new XaiSettings(
                xai.url(),
                new Secret(key),
                "grok-4.20-non-reasoning",
                null,
                0.3,
                6000,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                new XaiSettings.Retry(5, 3, Duration.ofMillis(1), Duration.ofMillis(5)),
                new XaiSettings.Prices(new BigDecimal("1.25"), new BigDecimal("0.20"), new BigDecimal("2.50")));
    }
}
