package gridcase.web;

import java.util.Set;

import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.expression.IExpressionObjectFactory;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

import org.springframework.stereotype.Component;

/**
 * In templates: {@code <i gc:icon="inbox"></i>} becomes the icon, {@code #gc} formats.
 */
@Component
class GridcaseDialect extends AbstractProcessorDialect implements IExpressionObjectDialect {

	private final Icons icons;

	private final PageTools tools;

	GridcaseDialect(Icons icons, Frame frame, Times times) {
		super("gridcase", "gc", 1000);
		this.icons = icons;
		this.tools = new PageTools(frame, times);
	}

	@Override
	public Set<IProcessor> getProcessors(String prefix) {
		return Set.of(new IconProcessor(prefix));
	}

	@Override
	public IExpressionObjectFactory getExpressionObjectFactory() {
		return new IExpressionObjectFactory() {

			@Override
			public Set<String> getAllExpressionObjectNames() {
				return Set.of("gc");
			}

			@Override
			public Object buildObject(IExpressionContext context, String name) {
				return GridcaseDialect.this.tools;
			}

			@Override
			public boolean isCacheable(String name) {
				return true;
			}

		};
	}

	private final class IconProcessor extends AbstractAttributeTagProcessor {

		IconProcessor(String prefix) {
			super(TemplateMode.HTML, prefix, null, false, "icon", true, 1000, true);
		}

		@Override
		protected void doProcess(ITemplateContext context, IProcessableElementTag tag, AttributeName attribute,
				String value, IElementTagStructureHandler structure) {
			Object name = value.contains("$") ? StandardExpressions.getExpressionParser(context.getConfiguration())
				.parseExpression(context, value)
				.execute(context) : value;
			String style = tag.getAttributeValue("class");
			structure.replaceWith(GridcaseDialect.this.icons.svg(String.valueOf(name), (style != null) ? style : ""),
					false);
		}

	}

}
