#include "check/checks.h"

#include <array>

namespace nakawari {
namespace {

constexpr std::array kChecks{
    Check{"line-width", "線の太さ", "mean width of a line against the approved drawings", check_line_width},
    Check{"taper", "入り抜き", "tips of free line ends against the approved drawings", check_taper},
    Check{"line-colour", "色トレス", "line pixels of no pure ink; lines paler than the approved ones",
          check_line_colour},
    Check{"broken-line", "線切れ", "a gap in a line that is whole before and after", check_broken_line},
    Check{"missing-stroke", "線抜け・線飛び", "a line that stands before and after, or only here",
          check_missing_stroke},
    Check{"unpainted", "塗り漏れ", "clear pixels or regions inside paint", check_unpainted},
    Check{"colour-flicker", "色パカ", "a region of another colour than before and after",
          check_colour_flicker},
    Check{"colour-difference", "色差", "graded paint that looks another than before and after",
          check_colour_difference},
    Check{"palette-pair", "色指定", "colours across a trace line that are no pair of the model",
          check_palette_pair},
    Check{"registration", "タップずれ・ガタ", "the whole drawing out of place between its neighbours",
          check_registration},
    Check{"boil", "ブレ", "a line that trembles where its neighbours do not", check_boil},
    Check{"corner", "なまり", "a corner that is sharp on the drawings around, and soft here", check_corner},
    Check{"area-jitter", "面積のガタつき", "a region larger or smaller than between its neighbours",
          check_area_jitter},
    Check{"detail-count", "柄", "a button, stripe or mark too few or too many", check_detail_count},
    Check{"stripe-width", "縞の幅", "a stripe wider or narrower in its row than before and after",
          check_stripe_width},
    Check{"proportion", "頭身・目の大きさ",
          "eyes, face and head units against the approved drawings of the same angle", check_proportion},
    Check{"eye-rules", "三白眼・キャラ崩れ",
          "white under the iris, unequal irises, slipping highlights and teeth", check_eye_rules},
    Check{"spacing", "ツメ", "the place between its neighbours against the chart", check_spacing},
    Check{"kumi", "組線", "a gap or overlap where a cel is cut off along another picture's edge", check_kumi},
    Check{"speck", "ゴミ塗り", "a speck of a colour that nothing around it has", check_speck},
    Check{"off-palette", "色違い", "a colour that the model does not have", check_off_palette},
    Check{"white-paint", "白抜け", "pure white as paint, near-white as paper", check_white_paint},
    Check{"leftover-trace", "色トレス残り", "trace line colour left after painting", check_leftover_trace},
    Check{"trace-role", "色トレス塗り", "a trace line of neither side's colour, or of the wrong side's",
          check_trace_role},
    Check{"colour-leak", "色漏れ", "paint that runs out to the page's edge", check_colour_leak},
    Check{"shadow-alone", "影のみ", "a shadow or highlight without its normal beside it", check_shadow_alone},
    Check{"left-right", "左右違い", "the two eyes painted with different colours", check_left_right},
    Check{"style-missing", "色抜け", "a colour that stands before and after, but not here",
          check_style_missing},
    Check{"variant-mix", "色替え混在", "a colour of another variant (day, night)", check_variant_mix},
    Check{"line-altered", "主線欠け", "main line pixels that paint changed", check_line_altered},
};

}  // namespace

std::span<const Check> all_checks() {
  return kChecks;
}

}  // namespace nakawari
