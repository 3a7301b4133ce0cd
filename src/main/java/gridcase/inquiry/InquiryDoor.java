package gridcase.inquiry;

import gridcase.security.CurrentPerson;
import gridcase.security.People;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Turns away who has nothing to ask here, before anything of the request is read. */
@Component
class InquiryDoor implements WebMvcConfigurer {

	private final People people;

	private final Desk desk;

	InquiryDoor(People people, Desk desk) {
		this.people = people;
		this.desk = desk;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new Keeper())
			.addPathPatterns("/inquiry/**", "/samples/**", "/cases/*/inquiry/**", "/api/v1/inquiry/**",
					"/api/v1/samples/**", "/api/v1/cases/*/inquiry/**");
	}

	private final class Keeper implements HandlerInterceptor {

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			CurrentPerson person = InquiryDoor.this.people.current().orElseThrow();
			if (!HttpMethod.GET.matches(request.getMethod())) {
				InquiryDoor.this.desk.mustAudit(person);
			}
			else if (request.getRequestURI().matches(".*/(cases/[^/]+/inquiry|inquiry/findings/\\d+)")) {
				InquiryDoor.this.desk.mustReadCases(person);
			}
			else {
				InquiryDoor.this.desk.mustRead(person);
			}
			return true;
		}

	}

}
