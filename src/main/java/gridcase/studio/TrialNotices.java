package gridcase.studio;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.shared.Texts;
import gridcase.trial.Trial;
import gridcase.trial.TrialEnded;
import gridcase.trial.TrialState;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells who started a draft's trial that it has ended. Who stopped one knows. */
@Component
class TrialNotices {

	private final Outbox outbox;

	private final Drafts drafts;

	private final PlatformClock clock;

	private final ObjectMapper json;

	TrialNotices(Outbox outbox, Drafts drafts, PlatformClock clock, ObjectMapper json) {
		this.outbox = outbox;
		this.drafts = drafts;
		this.clock = clock;
		this.json = json;
	}

	@EventListener
	void ended(TrialEnded ended) {
		Trial trial = ended.trial();
		if (trial.draftId() == null || trial.state() == TrialState.STOPPED) {
			return;
		}
		Draft draft = this.drafts.get(trial.draftId());
		boolean done = trial.state() == TrialState.DONE;
		String text = done ? Texts.own("trial", "trial.notice.done", draft.title(), trial.done(), trial.same(),
				trial.changed(), trial.failing())
				: Texts.own("trial", "trial.notice.broken", draft.title(), trial.fault());
		Map<String, Object> params = Map.of(Notice.PAGE, "/studio/drafts/" + trial.draftId() + "/trial");
		this.outbox.add(List.of(new Notice("", (trial.place() != null) ? trial.place() : "", "TRIAL_ENDED", "AUTHOR",
				Notice.IN_APP, trial.by(), Notice.Kind.PERSON, "trial-ended", written(params),
				Texts.own("trial", done ? "trial.notice.done.subject" : "trial.notice.broken.subject"), text,
				this.clock.now().truncatedTo(ChronoUnit.MICROS))));
	}

	private String written(Map<String, Object> params) {
		try {
			return this.json.writeValueAsString(params);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
