package gridcase.notice;

import java.util.List;
import java.util.Map;

import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's messages over HTTP, and the channels for an operator. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "notices", description = "消息 Messages")
class NoticeApi {

	private final Messages messages;

	private final Deliveries deliveries;

	NoticeApi(Messages messages, Deliveries deliveries) {
		this.messages = messages;
		this.deliveries = deliveries;
	}

	@GetMapping("/notices")
	@Operation(summary = "我的消息，新的在前 (own messages, newest first; next = before of the following page)")
	Messages.Page page(@Parameter(hidden = true) CurrentPerson person, @RequestParam(required = false) Long before,
			@RequestParam(defaultValue = "50") int size) {
		return this.messages.page(person, before, size);
	}

	@GetMapping("/notices/unread")
	@Operation(summary = "未读条数，最多数到 100 (unread messages, counted up to 100)")
	Map<String, Integer> unread(@Parameter(hidden = true) CurrentPerson person) {
		return Map.of("unread", this.messages.unreadOf(person));
	}

	@PostMapping("/notices/{id}/read")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "标为已读 (mark as read)")
	void read(@Parameter(hidden = true) CurrentPerson person, @PathVariable long id) {
		this.messages.read(person.login(), id);
	}

	@PostMapping("/notices/read")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "全部标为已读 (mark all as read)")
	void readAll(@Parameter(hidden = true) CurrentPerson person) {
		this.messages.readAll(person.login());
	}

	@PostMapping("/notices/{id}/retry")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "重新发送一条消息 (send a message again that failed or waits)")
	void retry(@Parameter(hidden = true) CurrentPerson person, @PathVariable long id) {
		this.deliveries.retry(id, person.place());
	}

	@GetMapping("/channels")
	@Operation(summary = "发送渠道的状况 (how the channels do)")
	List<Deliveries.ChannelState> channels(@Parameter(hidden = true) CurrentPerson person) {
		return this.deliveries.channels(person.place());
	}

	@PostMapping("/channels/{channel}/retry")
	@Operation(summary = "立即重新发送该渠道的消息 (try again at once what failed or waits)")
	Map<String, Integer> retry(@Parameter(hidden = true) CurrentPerson person, @PathVariable String channel) {
		return Map.of("retried", this.deliveries.retry(channel, person.place()));
	}

}
