package io.showreel.sandbox.fault;

/** The errors of failed predictions, in the provider's words; the names are its codes where it has some. */
public enum Failure {
    E6716("Director: unexpected error handling prediction (E6716)"),
    E1000("Director: unexpected error handling prediction (E1000)"),
    E8367("Prediction stopped in a non-terminal state (E8367)"),
    E9825("Failed to upload output file (E9825)"),
    E9828("Director: unexpected error handling prediction (E9828)"),
    E8765("Model health check failed (E8765)"),
    E9243("Error starting prediction (E9243)"),
    PA("Prediction interrupted; please retry (code: PA)"),
    E003("Service is currently unavailable due to high demand. Please try again later. (E003) (kq2Zt0yWbN)"),
    E004("Service is temporarily unavailable. Please try again later. (E004) (m1Xc8pLdRu)"),
    TIMED_OUT("Prediction timed out."),
    QUEUE_FULL("Prediction queue reached limit"),
    E005("The input or output was flagged as sensitive. Please try again with different inputs. (E005) (uIJ6l3ruRD)"),
    E001("Upstream credit exhausted (E001)"),
    E002("Upstream key is invalid (E002)"),
    E1001("Prediction ran out of memory (E1001)"),
    E4875("Webhook URL is empty (E4875)"),
    MODEL_ERROR("list index out of range"),
    MODEL_ERROR_UPSTREAM("HTTPError: 503 Server Error: Service Unavailable for url: https://upstream.example/render");

    private final String text;

    Failure(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
