//! Styles of bodies, and content negotiation.

use crate::EnvelopeStyle;
use crate::catalog::settings::ENVELOPE_STYLES;
use crate::catalog::shapes::SHAPES;
use crate::runtime::shape::Shape;
use crate::runtime::wire_name::named;

impl EnvelopeStyle {
    /// The shape of the bodies.
    #[inline]
    pub(crate) const fn shape(self) -> &'static Shape {
        &SHAPES[self as usize]
    }

    /// The name of the style in the catalog.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.shape().name
    }

    /// The style with this name in the catalog.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        let mut styles = ENVELOPE_STYLES.iter().copied();
        styles.find(|style| style.as_str() == name)
    }

    /// The media type of a body in this style.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        self.shape().media_type
    }

    /// The style of this API that fits an `Accept` header best. If none fits, or several fit equally
    /// well, it is the default style: an error is always sent.
    ///
    /// ```
    /// use runtime::{ENVELOPE_STYLES, EnvelopeStyle};
    ///
    /// assert_eq!(EnvelopeStyle::from_accept("*/*"), ENVELOPE_STYLES[0]);
    /// for style in ENVELOPE_STYLES {
    ///     let accepted = EnvelopeStyle::from_accept(style.media_type());
    ///     assert_eq!(accepted.media_type(), style.media_type());
    /// }
    /// ```
    ///
    /// Source: RFC 9110, section 12.5.1.
    #[must_use]
    pub fn from_accept(accept: &str) -> Self {
        ENVELOPE_STYLES[0].or_preferred(accept)
    }

    /// The style of this API that an `Accept` header prefers to this one, or this one.
    pub(crate) fn or_preferred(self, accept: &str) -> Self {
        let mut best = self;
        let mut best_quality = quality(accept, self.media_type());
        for style in ENVELOPE_STYLES {
            let quality = quality(accept, style.media_type());
            if quality > best_quality {
                best = *style;
                best_quality = quality;
            }
        }
        best
    }
}

named!(EnvelopeStyle);

/// The quality of a media type, from 0 to 1: the weight of the most specific range that contains it.
pub(crate) fn quality(accept: &str, media_type: &str) -> f32 {
    let mut quality = 0.0;
    let mut specificity = 0;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let specific = if name.eq_ignore_ascii_case(media_type) {
            3
        } else if name.eq_ignore_ascii_case("application/*") {
            2
        } else if name == "*/*" {
            1
        } else {
            continue;
        };
        let Some(weight) = weight(parts) else {
            continue;
        };
        if specific > specificity || (specific == specificity && weight > quality) {
            specificity = specific;
            quality = weight;
        }
    }
    quality
}

/// The weight of a media range with these parameters; `None` if no body of this crate has them. An
/// invalid weight is ignored.
fn weight<'a>(parameters: impl Iterator<Item = &'a str>) -> Option<f32> {
    let mut weight = 1.0;
    for parameter in parameters.filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=')?;
        let name = name.trim();
        if name.eq_ignore_ascii_case("q") {
            let stated: Option<f32> = value.trim().parse().ok();
            weight = stated.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(1.0);
        } else if !name.eq_ignore_ascii_case("charset") {
            return None;
        }
    }
    Some(weight)
}
