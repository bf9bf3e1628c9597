package io.showreel.sandbox.xai;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Answers that are fetched later, and only once. They don't survive the sandbox. */
final class DeferredAnswers {
    private final Map<String, FutureTask<Reply>> waiting = new ConcurrentHashMap<>();

    Reply accept(Callable<Reply> answering) {
        var id = Ids.random(26);
        var task = new FutureTask<>(answering);
        waiting.put(id, task);
        Thread.ofVirtual().name("deferred-" + id).start(task);
        return Reply.json(200, Json.object().put("request_id", id));
    }

    /** 202 while it is made, the answer once, and 404 from then on. */
    Reply read(String id) throws InterruptedException {
        var task = waiting.get(id);
        if (task == null) {
            throw Errors.unknownRequest();
        }
        if (!task.isDone()) {
            return Reply.empty(202);
        }
        if (!waiting.remove(id, task)) {
            throw Errors.unknownRequest();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException("the answer could not be made", e);
        }
    }
}
