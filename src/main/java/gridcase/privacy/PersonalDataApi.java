package gridcase.privacy;

import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator's side of personal data. */
@RestController
@RequestMapping("/api/v1/personal-data")
@Tag(name = "operator", description = "运维 Operator")
class PersonalDataApi {

	private final Rotation rotation;

	private final PersonalData personal;

	PersonalDataApi(Rotation rotation, PersonalData personal) {
		this.rotation = rotation;
		this.personal = personal;
	}

	@PostMapping("/rotation")
	@Operation(
			summary = "换密钥后把已存个人信息用新密钥重新加密；全为 0 时旧密钥可以撤下 (seals stored personal data anew after the key has changed)")
	Rotated rotate() {
		return new Rotated(this.personal.keyId(), this.rotation.run());
	}

	/**
	 * What was done.
	 *
	 * @param keyId name of the key in use
	 * @param changed how many rows were sealed anew, by table
	 */
	record Rotated(String keyId, Map<String, Integer> changed) {

	}

}
