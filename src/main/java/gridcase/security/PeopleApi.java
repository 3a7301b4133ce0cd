package gridcase.security;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People, rights and tokens over HTTP. A token makes and revokes no tokens. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "people", description = "人员与权限 People and rights")
class PeopleApi {

	private final Rights rights;

	private final ApiTokens tokens;

	private final People people;

	private final OwnPassword password;

	PeopleApi(Rights rights, ApiTokens tokens, People people, OwnPassword password) {
		this.password = password;
		this.rights = rights;
		this.tokens = tokens;
		this.people = people;
	}

	@GetMapping("/me")
	@Operation(summary = "本人与职责 (the person signed in)")
	CurrentPerson me(CurrentPerson me) {
		return me;
	}

	@PutMapping("/me/password")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "修改本人密码 (change one's password)")
	void change(CurrentPerson me, Authentication signedIn, @RequestBody PasswordChange change) {
		byPassword(signedIn);
		this.password.change(me.login(), change.currentText(), change.freshText());
	}

	@GetMapping("/people")
	@Operation(summary = "人员、职责、最近登录、锁定情况 (people of a place)")
	List<Rights.Line> people(CurrentPerson me, @RequestParam String place,
			@RequestParam(defaultValue = "") String text) {
		if (!me.belongsTo(place)) {
			throw Refusal.forbidden(Texts.of("security", "security.forbidden"));
		}
		return this.rights.of(place, text);
	}

	@PostMapping("/people/{login}/unlock")
	@Operation(summary = "解锁账号 (lets a person try again to sign in)")
	Unlocked unlock(CurrentPerson me, @PathVariable String login) {
		return new Unlocked(this.rights.unlock(me, login));
	}

	@GetMapping("/people/{login}/tokens")
	@Operation(summary = "某人的接口令牌 (tokens of a person)")
	List<ApiToken> tokens(CurrentPerson me, @PathVariable String login) {
		return this.tokens.of(this.rights.person(me, login).login());
	}

	@DeleteMapping("/people/{login}/tokens/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "收回某人的令牌 (revoke a token of a person)")
	void revoke(CurrentPerson me, Authentication signedIn, @PathVariable String login, @PathVariable UUID id) {
		byPassword(signedIn);
		this.tokens.revoke(this.rights.person(me, login).login(), id);
	}

	@GetMapping("/tokens")
	@Operation(summary = "本人的接口令牌 (own tokens)")
	List<ApiToken> own(CurrentPerson me) {
		return this.tokens.of(me.login());
	}

	@PostMapping("/tokens")
	@Operation(summary = "创建令牌；只显示这一次 (make a token; it is shown this once)")
	ResponseEntity<ApiTokens.Fresh> create(CurrentPerson me, Authentication signedIn, @RequestBody Wanted wanted) {
		byPassword(signedIn);
		ApiTokens.Fresh fresh = this.tokens.create(me, wanted.name(), wanted.days(),
				(wanted.roles() != null) ? wanted.roles() : Set.of());
		return ResponseEntity.status(HttpStatus.CREATED).cacheControl(CacheControl.noStore()).body(fresh);
	}

	@DeleteMapping("/tokens/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "收回令牌 (revoke a token)")
	void revokeOwn(CurrentPerson me, Authentication signedIn, @PathVariable UUID id) {
		byPassword(signedIn);
		this.tokens.revoke(me.login(), id);
	}

	/** Whoever gets hold of a token shall not make it last longer. */
	private static void byPassword(Authentication signedIn) {
		if (signedIn instanceof BearerSignedIn) {
			throw Refusal.forbidden(Texts.of("security", "security.noToken"));
		}
	}

	/**
	 * A token somebody wants.
	 *
	 * @param name what it is for
	 * @param days how many days it shall be good, at most 365
	 * @param roles the only roles it acts in; none: all of the person's
	 */
	record Wanted(String name, int days, Set<String> roles) {

	}

	/**
	 * What came of it.
	 *
	 * @param unlocked whether the person was kept out
	 */
	record Unlocked(boolean unlocked) {

	}

	/**
	 * A change of a password.
	 *
	 * @param current what it is
	 * @param fresh what it will be
	 */
	record PasswordChange(String current, String fresh) {

		String currentText() {
			return (this.current != null) ? this.current : "";
		}

		String freshText() {
			return (this.fresh != null) ? this.fresh : "";
		}

	}

}
