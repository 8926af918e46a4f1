<palette name="hana">
  <version>
    71 0
  </version>
  <styles>
    <style>
      color_0 3 255 255 255 0
    </style>
    <style>
      colour_0 3 0 0 200 255
    </style>
    <style>
      _0 "_2 &quot;q&quot; &amp; &lt;t&gt; [shadow]" 3 37 11 199 255
    </style>
    <style>
      "colour_2 [shadow2]" 3 74 22 198 255
    </style>
    <style>
      "colour_3 [highlight]" 3 111 33 197 255
    </style>
    <style>
      _1 "_2 &quot;q&quot; &amp; &lt;t&gt;" 3 148 44 196 255
    </style>
    <style>
      colour_5 3 185 55 195 255
    </style>
  </styles>
  <stylepages>
    <page>
      <name>
        colors
      </name>
      <indices>
        0 1 3 5
      </indices>
    </page>
    <page>
      <name>
        head
      </name>
      <indices>
        2 4 6
      </indices>
    </page>
  </stylepages>
</palette>
