/// \file
/// Words of the XDTS form that its reader and its writer share. Internal to both.
///
/// What the reader does not know it keeps as JSON text (ExposureSheet::kept, SheetTrack::kept,
/// SheetEntry::kept), for the writer to put back. Of a sheet: `root`, `header`, `timeTable`: unknown fields
/// of these objects; `timelines`: further ones; `fields`, `headers`: list entries of unknown kind; and per
/// known field `cels`, `celsHeader` (likewise dialogue, camera). Of an entry: `frame`, `data`, `more`.
#pragma once

#include <string_view>

namespace nakawari::xdts {

inline constexpr std::string_view kHeader = "exchangeDigitalTimeSheet Save Data";
inline constexpr int kCelField = 0, kDialogueField = 3, kCameraField = 5;

inline constexpr std::string_view kEmptySymbol = "SYMBOL_NULL_CELL";
inline constexpr std::string_view kHoldSymbol = "SYMBOL_HYPHEN";
inline constexpr std::string_view kTickSymbol = "SYMBOL_TICK_1";
inline constexpr std::string_view kReverseSymbol = "SYMBOL_TICK_2";

/// The name under which unknown parts of a known field are kept.
constexpr const char* field_key(long long field) {
  return field == kCelField ? "cels" : field == kDialogueField ? "dialogue" : "camera";
}

}  // namespace nakawari::xdts
