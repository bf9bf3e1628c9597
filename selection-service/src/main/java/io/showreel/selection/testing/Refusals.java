package io.showreel.selection.testing;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;

/** Refuses as the public API does, so that the gateway can hand an answer on as it is. */
@RestControllerAdvice(assignableTypes = TestingController.class)
class Refusals {

    private record Problem(String type, String title, int status, String detail, String instance, Error error) {}

    private record Error(String code, String message, Map<String, List<String>> details) {}

    @ExceptionHandler
    ResponseEntity<Problem> on(RefusalException refusal, WebRequest request) {
        return problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                refusal.code(),
                String.valueOf(refusal.getMessage()),
                refusal.details(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMessageNotReadableException unreadable, WebRequest request) {
        return problem(HttpStatus.BAD_REQUEST, "invalid_json", "The body is no JSON.", Map.of(), request);
    }

    private static ResponseEntity<Problem> problem(
            HttpStatus status, String code, String message, Map<String, List<String>> details, WebRequest request) {
        var problem = new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                message,
                request.getDescription(false).substring("uri=".length()),
                new Error(code, message, details));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
